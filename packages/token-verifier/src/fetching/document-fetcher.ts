import type { KeyFailure } from "../keys/key-failure.js";
import type { Result } from "../result.js";

/** One document to fetch. */
export interface DocumentRequest {
  /** Where it is. It can come from a discovery document, which is to say from outside. */
  readonly url: string;
  /** The most bytes the answer may have, counted as they arrive. */
  readonly maximumBytes: number;
  /** How long all of it may take, in ms. */
  readonly timeoutMilliseconds: number;
  /** How long of that it may take until the connection stands, in ms, where the runtime lets one tell. */
  readonly connectMilliseconds: number;
}

/** A document as it was served. */
export interface FetchedDocument {
  /** The body. */
  readonly bytes: Uint8Array;
  /** The `max-age` of `Cache-Control` (RFC 9111 §5.2.2.1), in seconds; absent when the answer had none. */
  readonly maxAgeSeconds?: number;
}

/**
 * Fetches discovery documents and key sets by GET.
 *
 * Whoever implements this decides which addresses can be reached, so it must refuse what an outsider could
 * misuse: anything but https, redirects, answers other than 200, encoded bodies, private addresses. It
 * resolves to a {@link KeyFailure} and does not reject.
 */
export type DocumentFetcher = (
  request: DocumentRequest,
) => Promise<Result<FetchedDocument, KeyFailure>>;
