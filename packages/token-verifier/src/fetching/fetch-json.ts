import type { JsonObject } from "../json-object.js";
import type { KeyFailure } from "../keys/key-failure.js";
import type { Limits } from "../limits.js";
import { fail, type Result, succeed } from "../result.js";
import { parseStrictJson } from "../strict-json.js";
import type { DocumentFetcher, DocumentRequest, FetchedDocument } from "./document-fetcher.js";

/** Fetches one JSON object; a fetcher that rejects against its promise counts as unreachable. */
export async function fetchJson(
  fetcher: DocumentFetcher,
  url: string,
  limits: Limits,
): Promise<Result<JsonObject, KeyFailure>> {
  const request = {
    url,
    maximumBytes: limits.documentBytes,
    timeoutMilliseconds: limits.fetchMilliseconds,
  };
  const fetched = await fetchSafely(fetcher, request);
  if (!fetched.ok) {
    return fetched;
  }
  const { bytes } = fetched.value;
  if (bytes.length > limits.documentBytes) {
    return fail({
      code: "too_large",
      message: `the document has more than ${limits.documentBytes} bytes`,
    });
  }
  const parsed = parseStrictJson(bytes, limits.jsonDepth);
  return parsed.ok
    ? succeed(parsed.value)
    : fail({ code: "not_json", message: `the document ${parsed.error}` });
}

async function fetchSafely(
  fetcher: DocumentFetcher,
  request: DocumentRequest,
): Promise<Result<FetchedDocument, KeyFailure>> {
  try {
    return await fetcher(request);
  } catch {
    return fail({ code: "unreachable", message: "the fetcher failed" });
  }
}
