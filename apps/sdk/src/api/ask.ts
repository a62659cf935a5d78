import { ByotError } from "../errors/errors.js";
import type { ApiAnswer, ApiCall } from "../transport/api-call.js";
import type { CallOptions } from "../transport/call-options.js";
import type { HttpMethod } from "../transport/fetch-like.js";
import { readOwn } from "../values/own-property.js";
import type { Answer } from "./answer.js";
import type { Connection } from "./connection.js";
import type { Query } from "./path.js";
import { queryText } from "./path.js";
import type { Reads } from "./reads.js";

/** One request of an API. */
export interface ApiRequest {
  /** The method of the client that makes it, such as `policies.read`. */
  readonly operation: string;
  /** The HTTP method. @defaultValue `"GET"` */
  readonly method?: HttpMethod;
  /** The path. */
  readonly path: string;
  /** Query parameters. */
  readonly query?: Query;
  /** What is sent, as JSON. */
  readonly body?: unknown;
  /** The version that `If-Match` names. */
  readonly version?: number;
  /** The status of a success. @defaultValue `200` */
  readonly status?: 200 | 201 | 204;
  /** Whether it changes nothing, so that it may be asked twice. @defaultValue whether it is a GET */
  readonly repeatable?: boolean;
  /** What must not appear in an error. */
  readonly secrets?: readonly string[];
  /** What the caller said of this call. */
  readonly options: CallOptions;
}

const defaultTimeoutMs = 30_000;

function writeBody(body: unknown): string | undefined {
  try {
    return body === undefined ? undefined : JSON.stringify(body);
  } catch {
    throw new TypeError("the body must be JSON: no cycles, no bigint");
  }
}

function ifMatch(version: number | undefined, operation: string): string {
  // The type asks for it already; a caller without types would otherwise learn it from the server.
  if (version === undefined || !Number.isSafeInteger(version)) {
    throw new TypeError(`\`${operation}\` needs the \`version\` of what was read`);
  }
  return `"${version}"`;
}

/** The request as the transport makes it. */
export function callOf(request: ApiRequest): ApiCall {
  const { operation, method = "GET", path, query = {}, body, status = 200, options } = request;
  return {
    operation,
    method,
    path: path + queryText(query),
    body: writeBody(body),
    ...("version" in request ? { ifMatch: ifMatch(request.version, operation) } : {}),
    status,
    repeatable: request.repeatable ?? method === "GET",
    secrets: request.secrets ?? [],
    defaultTimeoutMs,
    options,
  };
}

/** The error for an answer that is not what was asked for. */
export function responseInvalid(
  operation: string,
  { response: { status }, requestId }: ApiAnswer,
): ByotError {
  return new ByotError(`the answer to \`${operation}\` is not what was asked for`, {
    code: "response_invalid",
    status,
    requestId,
    fix: "Check that `baseUrl` is the address of the byot server, and that it is not older than this package.",
  });
}

/**
 * Makes one request and reads its `data`.
 *
 * @throws ByotError or one of its subclasses; the signal's own reason when the caller stopped.
 */
export async function ask<T>(
  { send }: Connection,
  request: ApiRequest,
  reads: Reads<T>,
): Promise<Answer<T>> {
  const answer = await send(callOf(request));
  const data = readOwn(answer.body, "data");
  if (!reads(data)) {
    throw responseInvalid(request.operation, answer);
  }
  // Proxies that compress make a strong tag a weak one.
  const [, digits] = /^(?:W\/)?"(\d{1,15})"$/.exec(answer.response.headers.get("etag") ?? "") ?? [];
  const version = digits === undefined ? undefined : Number(digits);
  return { data, requestId: answer.requestId, version };
}
