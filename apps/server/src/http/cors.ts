import type { IncomingMessage } from "node:http";
import type { HeaderFields } from "./header-fields.js";

/** As much of a request as says which page asks, and whether it only asks if it may. */
export type CorsRequest = Pick<IncomingMessage, "headers"> &
  Partial<Pick<IncomingMessage, "method">>;

/** Which web pages may read answers (https://fetch.spec.whatwg.org/#http-cors-protocol). */
export interface Cors {
  /** The header fields that the answer to a request gets, whatever else is in it. */
  fieldsFor(request: CorsRequest): HeaderFields;
  /** The header fields of the 204 by which a preflight is answered; `undefined` when it is none, or of a stranger. */
  preflightFieldsFor(request: CorsRequest): HeaderFields | undefined;
}

const none: HeaderFields = Object.freeze({});
// Answers differ by origin, those to strangers too: a cache must not give one to the other.
const vary: HeaderFields = Object.freeze({ Vary: "Origin" });

const readable = [
  "ETag",
  "RateLimit-Limit",
  "RateLimit-Remaining",
  "RateLimit-Reset",
  "Retry-After",
  "WWW-Authenticate",
  "X-Request-Id",
].join(", ");

const permitted: HeaderFields = {
  "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, DELETE",
  "Access-Control-Allow-Headers":
    "Authorization, Content-Type, If-Match, X-Request-Id, X-Subject-Token",
  // The longest that every browser keeps to, in seconds, is 7,200; a list that has changed is noticed sooner.
  "Access-Control-Max-Age": "600",
};

/**
 * Lets pages of these origins read answers, and of no others. Pages never get to use the cookies of the person in front
 * of them: whatever they ask, they ask with a token or a key of their own.
 *
 * @param origins - As browsers write them, such as `https://app.acme.com`, compared character by character.
 */
export function createCors(origins: readonly string[]): Cors {
  const fieldsByOrigin = new Map(origins.map((origin) => [origin, fieldsOf(origin)]));
  const others = origins.length === 0 ? none : vary;

  function ofOrigin({ headers }: CorsRequest): HeaderFields | undefined {
    return headers.origin === undefined ? undefined : fieldsByOrigin.get(headers.origin);
  }

  return {
    fieldsFor: (request) => ofOrigin(request) ?? others,
    preflightFieldsFor(request) {
      const fields = isPreflight(request) ? ofOrigin(request) : undefined;
      return fields === undefined ? undefined : { ...fields, ...permitted };
    },
  };
}

function fieldsOf(origin: string): HeaderFields {
  return Object.freeze({
    ...vary,
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Expose-Headers": readable,
  });
}

function isPreflight({ method, headers }: CorsRequest): boolean {
  return method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
}

/** Whether it is an origin as browsers write it. `*` and `null` are none: anybody could be behind them. */
export function isOrigin(text: string): boolean {
  return /^https?:[^*]*$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
