import type { DocumentFetcher } from "../fetching/document-fetcher.js";
import { fetchJson } from "../fetching/fetch-json.js";
import type { Limits } from "../limits.js";
import { type Result, succeed } from "../result.js";
import type { LoadedKeys } from "./fetch-steps.js";
import type { KeyFailure } from "./key-failure.js";
import type { KeyLocation } from "./key-location.js";
import { type KeySetRules, readKeySet } from "./key-set.js";

/** What loading the keys of an issuer takes. */
export interface LoadKeysParts {
  /** Where they are. */
  readonly location: KeyLocation;
  /** Which of them are wanted. */
  readonly rules: KeySetRules;
  /** Fetches one document. */
  readonly fetcher: DocumentFetcher;
  /** How large it may be and how long it may take. */
  readonly limits: Limits;
}

/** Finds the key set of an issuer, fetches it and reads it. */
export async function loadKeys({
  location,
  rules,
  fetcher,
  limits,
}: LoadKeysParts): Promise<Result<LoadedKeys, KeyFailure>> {
  const url = await location.locate();
  if (!url.ok) {
    return url;
  }
  const loaded = await loadFrom(url.value, { rules, fetcher, limits });
  if (!loaded.ok) {
    location.distrust();
  }
  return loaded;
}

async function loadFrom(
  url: string,
  { rules, fetcher, limits }: Omit<LoadKeysParts, "location">,
): Promise<Result<LoadedKeys, KeyFailure>> {
  const fetched = await fetchJson(fetcher, url, limits);
  if (!fetched.ok) {
    return fetched;
  }
  const { document, ...answer } = fetched.value;
  const keys = await readKeySet(document, rules);
  return keys.ok ? succeed({ ...answer, keys: keys.value }) : keys;
}
