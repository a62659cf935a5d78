import type { RequestMistake } from "./errors.js";
import {
  ApiKeyError,
  ByotError,
  ConflictError,
  InvalidRequestError,
  TokenRefusedError,
  UnavailableError,
} from "./errors.js";
import { readOwn } from "../values/own-property.js";
import type { SecretFilter } from "../transport/secret-filter.js";
import { isText, objectWith } from "../values/shape.js";

/** An answer that is not a 200. */
export interface ErrorAnswer {
  /** The HTTP status. */
  readonly status: number;
  /** The body as JSON; `undefined` when it is something else. */
  readonly body: unknown;
  /** The request as named in the server's log. */
  readonly requestId: string | undefined;
  /** How long to wait before asking again, in milliseconds. */
  readonly retryAfterMs: number | undefined;
}

/** What to do about an answer that is not byot's. */
export const notByot =
  "Check that `baseUrl` is the address of the byot server and that no proxy answers in its place.";

const codePattern = /^[a-z][a-z0-9_]{0,62}$/;
const isMistake = objectWith<RequestMistake>({ path: isText, code: isText, message: isText });

const classByStatus: Readonly<Record<number, typeof ByotError>> = {
  400: InvalidRequestError,
  404: InvalidRequestError,
  405: InvalidRequestError,
  409: ConflictError,
  412: ConflictError,
  413: InvalidRequestError,
  415: InvalidRequestError,
  422: InvalidRequestError,
  428: ConflictError,
  502: UnavailableError,
  503: UnavailableError,
  504: UnavailableError,
};

function problemCode(body: unknown): string | undefined {
  const code = readOwn(body, "code");
  return isText(code) && codePattern.test(code) ? code : undefined;
}

// A gateway in front of the server also answers 401 and 403; only byot's own codes speak of tokens and keys.
function errorClass(status: number, code: string | undefined): typeof ByotError {
  if (code !== undefined && (status === 403 || (status === 401 && code.startsWith("api_key_")))) {
    return ApiKeyError;
  }
  return status === 401 && code?.startsWith("token_") === true
    ? TokenRefusedError
    : (classByStatus[status] ?? ByotError);
}

function mistakesIn(body: unknown, filter: SecretFilter): readonly RequestMistake[] {
  const errors = readOwn(body, "errors");
  return (Array.isArray(errors) ? errors : []).filter(isMistake).map(({ path, code, message }) => ({
    path: filter(path),
    code: filter(code),
    message: filter(message),
  }));
}

/** Reads an error answer: a problem document (RFC 9457) of byot, or whatever something in between answered. */
export function problemError(answer: ErrorAnswer, filter: SecretFilter): ByotError {
  const { status, body, requestId, retryAfterMs } = answer;
  const code = problemCode(body);
  const text = (key: string): string | undefined => {
    const value = code === undefined ? undefined : readOwn(body, key);
    return isText(value) ? filter(value) : undefined;
  };
  const Class = errorClass(status, code);
  return new Class(
    text("detail") ??
      text("title") ??
      (code === undefined
        ? `something that is not byot answered ${status}`
        : `the server answered \`${filter(code)}\``),
    {
      code: code ?? "response_invalid",
      status,
      requestId: requestId ?? text("requestId"),
      retryAfterMs,
      fix: code === undefined ? notByot : text("fix"),
      errors: mistakesIn(body, filter),
    },
  );
}
