import type { CallOptions } from "./call-options.js";
import type { FetchResponse, HttpMethod } from "./fetch-like.js";

/** One call of the API. */
export interface ApiCall {
  /** The method of the client that makes it, such as `policies.read`; for hooks and messages. */
  readonly operation: string;
  /** The HTTP method. */
  readonly method: HttpMethod;
  /** The path and query below the server's address, with a slash in front. */
  readonly path: string;
  /** The JSON text to send; absent for none. */
  readonly body?: string | undefined;
  /** Sent as `If-Match`. */
  readonly ifMatch?: string | undefined;
  /** The status of a success. */
  readonly status: number;
  /** Whether a success is left unread, for the caller to read as it arrives. */
  readonly streamed?: boolean;
  /** Whether asking twice does no more than asking once, so that a lost connection may be followed by another attempt. */
  readonly repeatable: boolean;
  /** What must not appear in an error, beside the API key; what is not text is ignored. */
  readonly secrets: readonly unknown[];
  /** The total time in milliseconds where neither the call nor the client names one. */
  readonly defaultTimeoutMs: number;
  /** What the caller said of this call. */
  readonly options: CallOptions;
}

/** The answer to a call that went well. */
export interface ApiAnswer {
  /** The body as JSON; `undefined` where there is none, it is not JSON, or it was left unread. */
  readonly body: unknown;
  /** Its header fields, and its body where that was left unread. */
  readonly response: FetchResponse;
  /** The request as named in the server's log. */
  readonly requestId: string | undefined;
}
