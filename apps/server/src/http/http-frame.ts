import type { IncomingMessage, ServerResponse } from "node:http";
import { noTracing, type RunInTrace } from "../tracing/tracing.js";
import { createClientAddressReader, type ReadClientAddress } from "./client-address.js";
import { answerPreflight, createCors, isOrigin } from "./cors.js";
import { setFields } from "./header-fields.js";
import { defaultFailedChecksPerMinute, type HttpOptions } from "./http-options.js";
import type { HttpObserver } from "./http-observer.js";
import { createRateLimits, type RateLimits } from "./rate-limits.js";
import { identifyRequest } from "./request-id.js";
import { securityHeaders } from "./security-headers.js";
import { parseTrustedProxies } from "./trusted-proxies.js";

/** What is the same for every request, whether Express answers it or not. */
export interface HttpFrame {
  /**
   * Begins an answer: it gets an id, the header fields for browsers, and what CORS asks for. Says whether that was all,
   * because the request was a preflight and has been answered.
   */
  begin(request: IncomingMessage, response: ServerResponse): boolean;
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
  const cors = createCors(corsOrigins);
  const security = securityHeaders();
  return {
    begin(request, response) {
      if (observer !== undefined) {
        response.once("close", () => observer.onAnswered(response.statusCode));
      }
      identifyRequest(request, response, createId);
      setFields(response, security);
      return answerPreflight(cors, request, response);
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
