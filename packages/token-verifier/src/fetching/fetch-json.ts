import type { JsonObject } from "../json-object.js";
import type { KeyFailure } from "../keys/key-failure.js";
import type { Limits } from "../limits.js";
import { fail, type Result, succeed } from "../result.js";
import { parseStrictJson } from "../strict-json.js";
import type { DocumentFetcher, DocumentRequest, FetchedDocument } from "./document-fetcher.js";

/** A JSON object as it was served. */
export interface FetchedJson {
  /** The object. */
  readonly document: JsonObject;
  /** The `max-age` of the answer, in seconds, if it had one. */
  readonly maxAgeSeconds?: number;
}

/** Fetches one JSON object; a fetcher that rejects against its promise counts as unreachable. */
export async function fetchJson(
  fetcher: DocumentFetcher,
  url: string,
  limits: Limits,
): Promise<Result<FetchedJson, KeyFailure>> {
  const request = {
    url,
    maximumBytes: limits.documentBytes,
    timeoutMilliseconds: limits.fetchMilliseconds,
    connectMilliseconds: limits.connectMilliseconds,
  };
  const fetched = await fetchSafely(fetcher, request);
  if (!fetched.ok) {
    return fetched;
  }
  const { bytes, ...answer } = fetched.value;
  const excess = findExcess(bytes, limits);
  if (excess !== undefined) {
    return fail({ code: "too_large", message: `the document has more than ${excess}` });
  }
  const parsed = parseStrictJson(bytes, limits.jsonDepth);
  return parsed.ok
    ? succeed({ document: parsed.value, ...answer })
    : fail({ code: "not_json", message: `the document ${parsed.error}` });
}

function findExcess(bytes: Uint8Array, limits: Limits): string | undefined {
  if (bytes.length > limits.documentBytes) {
    return `${limits.documentBytes} bytes`;
  }
  return countValues(bytes) > limits.documentValues ? `${limits.documentValues} values` : undefined;
}

const comma = 0x2c;
const openBracket = 0x5b;
const openBrace = 0x7b;

/**
 * How many values a JSON document has at the most: each one but the first of a list or object has a comma
 * before it. Parsed, a small document of many values can take a hundred times its size.
 */
function countValues(bytes: Uint8Array): number {
  let values = 0;
  for (const byte of bytes) {
    if (byte === comma || byte === openBracket || byte === openBrace) {
      values += 1;
    }
  }
  return values;
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
