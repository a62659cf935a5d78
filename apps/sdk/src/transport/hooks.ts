import type { ErrorCode } from "../errors/error-code.js";
import type { HttpMethod } from "./fetch-like.js";

/** One attempt of a call. Neither the token nor the API key is in it, nor any part of a body. */
export interface RequestInfo {
  /** The method of the client that makes the call, such as `checkAuthorization` or `policies.read`. */
  readonly operation: string;
  /** The HTTP method. */
  readonly method: HttpMethod;
  /** The path below `baseUrl`, without the query. */
  readonly path: string;
  /** The `requestId` that the caller gave. */
  readonly requestId: string | undefined;
  /** 1 for the first attempt, 2 for its first retry. */
  readonly attempt: number;
}

/** How an attempt ended. */
export interface ResponseInfo extends RequestInfo {
  /** The HTTP status; absent when no answer came. */
  readonly status: number | undefined;
  /** The code of the error it ended in, `aborted` when the caller stopped; absent when it went well. */
  readonly code: ErrorCode | undefined;
  /** How long it took, in milliseconds. */
  readonly durationMs: number;
}

/** What the application wants to be told of, for its log or metrics. What a hook throws, the call rejects with. */
export interface Hooks {
  /** Called before each attempt. */
  readonly onRequest?: ((request: RequestInfo) => void) | undefined;
  /** Called after each attempt. */
  readonly onResponse?: ((response: ResponseInfo) => void) | undefined;
}
