import type { ErrorCode } from "./error-code.js";

/** One mistake in a request, as the server found it. */
export interface RequestMistake {
  /** Where, as a JSON Pointer (RFC 6901) into the body; `""` is the body itself. */
  readonly path: string;
  /** Which kind of mistake. */
  readonly code: string;
  /** What is wrong, in one line. */
  readonly message: string;
}

/** What is known about a failure. */
export interface ByotErrorDetails {
  /** The stable code to switch on. */
  readonly code: ErrorCode;
  /** The HTTP status; absent when no answer came. */
  readonly status?: number | undefined;
  /** The request as named in the server's log (`X-Request-Id`). */
  readonly requestId?: string | undefined;
  /** How long to wait before asking again, in milliseconds (`Retry-After`). */
  readonly retryAfterMs?: number | undefined;
  /** What to do about it, in one sentence. */
  readonly fix?: string | undefined;
  /** Each mistake, where the server lists them. */
  readonly errors?: readonly RequestMistake[] | undefined;
  /** What the runtime reported, without tokens and keys. */
  readonly cause?: Error | undefined;
}

/**
 * Thrown when there is no decision. Switch on `code`; the message is for people. Neither the token nor the API key is
 * in any part of it.
 */
export class ByotError extends Error {
  override readonly name: string = "ByotError";
  /** The stable code to switch on. */
  readonly code: ErrorCode;
  /** The HTTP status; absent when no answer came. */
  readonly status: number | undefined;
  /** The request as named in the server's log (`X-Request-Id`). */
  readonly requestId: string | undefined;
  /** How long to wait before asking again, in milliseconds (`Retry-After`). */
  readonly retryAfterMs: number | undefined;
  /** What to do about it, in one sentence, where it is known. */
  readonly fix: string | undefined;
  /** Each mistake in the request, where the server lists them; else empty. */
  readonly errors: readonly RequestMistake[];

  /** Callers catch these errors; they construct them only in tests of their own. */
  constructor(message: string, details: ByotErrorDetails) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.code = details.code;
    this.status = details.status;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
    this.fix = details.fix;
    this.errors = details.errors ?? [];
  }

  /** What `JSON.stringify` writes; unlike that of other errors it holds the message. */
  toJSON(): object {
    return Object.assign({}, this, { message: this.message });
  }
}

/** The token is not trusted (401, `token_…`): ask the user to sign in again, or compare it with the provider. */
export class TokenRefusedError extends ByotError {
  override readonly name: string = "TokenRefusedError";
}

/** The API key is missing or wrong (401 `api_key_…`), or may not do this (403). */
export class ApiKeyError extends ByotError {
  override readonly name: string = "ApiKeyError";
}

/** No answer for now: 502, 503, 504, no connection, or no time left. Asking again later may help. */
export class UnavailableError extends ByotError {
  override readonly name: string = "UnavailableError";
}

/** What is stored is not what the call supposes (409, 412, 428); read it again, and send the change on top of that. */
export class ConflictError extends ByotError {
  override readonly name: string = "ConflictError";
}

/** The request cannot be taken as it is (400, 404, 405, 413, 415, 422); `errors` says where it is wrong. */
export class InvalidRequestError extends ByotError {
  override readonly name: string = "InvalidRequestError";
}
