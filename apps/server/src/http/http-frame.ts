import type { IncomingMessage, ServerResponse } from "node:http";
import { noTracing, type RunInTrace } from "../tracing/tracing.js";
import { createClientAddressReader, type ReadClientAddress } from "./client-address.js";
import { type Cors, createCors, isOrigin } from "./cors.js";
import { type HeaderFields, type RawFields, rawFields, setRawFields } from "./header-fields.js";
import { defaultFailedChecksPerMinute, type HttpOptions } from "./http-options.js";
import type { HttpObserver } from "./http-observer.js";
import { createRateLimits, type RateLimits } from "./rate-limits.js";
import { readRequestId, requestIdHeader } from "./request-id.js";
import { securityHeaders } from "./security-headers.js";
import { parseTrustedProxies } from "./trusted-proxies.js";

/** How an answer begins, whatever is answered. */
export interface AnswerHead {
  /** The id of the request, for `X-Request-Id`. */
  readonly requestId: string;
  /** The header fields of every answer, but for the id. */
  readonly fields: RawFields;
  /** Whether the request was a preflight: a 204 with the header fields is all there is to answer. */
  readonly isPreflight: boolean;
}

/** What is the same for every request, whether Express answers it or not. */
export interface HttpFrame {
  /**
   * Begins an answer: it gets an id, the header fields for browsers, and what CORS asks for. Says whether that was all,
   * because the request was a preflight and has been answered.
   */
  begin(request: IncomingMessage, response: ServerResponse): boolean;
  /** As {@link HttpFrame.begin} for whoever writes whole heads: nothing is set, and nothing is answered. */
  headFor(request: IncomingMessage, response: ServerResponse): AnswerHead;
  /** Runs the work on a request in the trace that its caller has begun, where traces are made. */
  readonly run: RunInTrace;
  /** Finds out whom a request comes from. */
  readonly clientAddress: ReadClientAddress;
  /** Keeps callers that ask too much, or guess, within bounds. */
  readonly rateLimits: RateLimits;
}

/** What a frame is made from. */
export interface HttpFrameParts {
  /** How the server deals with what stands between it and its callers. @defaultValue closed to everybody */
  readonly options?: HttpOptions;
  /** Makes an id of a request. */
  readonly createId: () => string;
  /** Is told of what happens. @defaultValue nobody is told */
  readonly observer?: HttpObserver | undefined;
  /** Runs work in the trace of a request. @defaultValue there are no traces */
  readonly run?: RunInTrace;
}

/**
 * Makes a frame.
 *
 * @throws TypeError when a proxy or an origin is none.
 */
export function createHttpFrame({ options = {}, createId, ...parts }: HttpFrameParts): HttpFrame {
  const { trustedProxies = [], corsOrigins = [], requestsPerMinute = 0 } = options;
  const { observer, run = noTracing.run } = parts;
  const { failedChecksPerMinute = defaultFailedChecksPerMinute } = options;
  const isTrusted = parseTrustedProxies(trustedProxies);
  if (isTrusted === undefined) {
    throw new TypeError("`trustedProxies` must be addresses, ranges of addresses or `loopback`");
  }
  if (!corsOrigins.every(isOrigin)) {
    throw new TypeError("`corsOrigins` must be origins such as `https://app.acme.com`");
  }
  const headFor = createHeads({ cors: createCors(corsOrigins), createId, observer });
  return {
    headFor,
    begin(request, response) {
      const { requestId, fields, isPreflight } = headFor(request, response);
      response.setHeader(requestIdHeader, requestId);
      setRawFields(response, fields);
      if (isPreflight) {
        response.statusCode = 204;
        response.end();
      }
      return isPreflight;
    },
    run,
    clientAddress: createClientAddressReader(isTrusted),
    rateLimits: createRateLimits({
      requestsPerMinute,
      failedChecksPerMinute,
      ...(observer === undefined ? {} : { onLimited: observer.onLimited }),
    }),
  };
}

interface HeadsParts extends Pick<HttpFrameParts, "createId" | "observer"> {
  readonly cors: Cors;
}

function createHeads({ cors, createId, observer }: HeadsParts): HttpFrame["headFor"] {
  const security = rawFields(securityHeaders());
  const withCors = (fields: HeaderFields): RawFields => [...security, ...rawFields(fields)];
  // Almost all requests come from no page at all.
  const fromNoPage = withCors(cors.fieldsFor({ headers: {} }));
  return (request, response) => {
    if (observer !== undefined) {
      response.once("close", () => observer.onAnswered(response.statusCode));
    }
    const requestId = readRequestId(request, createId);
    if (request.headers.origin === undefined) {
      return { requestId, fields: fromNoPage, isPreflight: false };
    }
    const preflight = cors.preflightFieldsFor(request);
    const fields = withCors(preflight ?? cors.fieldsFor(request));
    return { requestId, fields, isPreflight: preflight !== undefined };
  };
}
