import { withinDeadline } from "./deadline.js";
import { ByotError, UnavailableError } from "./errors.js";
import type { FetchInit, FetchLike, FetchResponse } from "./fetch-like.js";
import { problemError } from "./problem-error.js";
import { ReportedCause, rootOf } from "./reported-cause.js";
import { parseRetryAfter } from "./retry-after.js";
import { retry } from "./retry.js";
import type { SecretFilter } from "./secret-filter.js";

/** Where and how requests go. */
export interface TransportSettings {
  /** The server's address, without a slash at the end. */
  readonly baseUrl: string;
  /** Sent as `Authorization: Bearer …`. */
  readonly apiKey: string | undefined;
  /** The total time of one call with all its attempts, in milliseconds. */
  readonly timeoutMs: number;
  /** How many attempts may follow the first. */
  readonly retries: number;
  /** Makes the requests. */
  readonly fetch: FetchLike;
  /** A number from 0 up to 1, as `Math.random` gives it. */
  readonly random: () => number;
}

/** One call of the API. Every call made so far is safe to repeat. */
export interface ApiCall {
  /** The path below the server's address, with a slash in front. */
  readonly path: string;
  /** The JSON text to send. */
  readonly body: string;
  /** Takes this call's secrets out of texts that come from outside. */
  readonly filter: SecretFilter;
  /** Sent as `X-Request-Id`. */
  readonly requestId: string | undefined;
  /** The caller's own way to stop. */
  readonly signal: AbortSignal | undefined;
}

/** The answer to a call that went well. */
export interface ApiAnswer {
  /** The body as JSON. */
  readonly body: unknown;
  /** The request as named in the server's log. */
  readonly requestId: string | undefined;
}

interface RawAnswer {
  readonly response: FetchResponse;
  readonly text: string;
}

// WORKAROUND: frameworks that wrap `fetch` may cache a POST, so it is marked. Workers set to an old compatibility date
// throw at the mark, and show so by a `Request` without the property: https://github.com/cloudflare/workerd/issues/698
function cacheMark(): Pick<FetchInit, "cache"> {
  return typeof Request !== "undefined" && "cache" in Request.prototype
    ? { cache: "no-store" }
    : {};
}

function headersOf({ apiKey }: TransportSettings, { requestId }: ApiCall): Record<string, string> {
  return {
    Accept: "application/json, application/problem+json",
    "Content-Type": "application/json",
    ...(apiKey === undefined ? {} : { Authorization: `Bearer ${apiKey}` }),
    ...(requestId === undefined ? {} : { "X-Request-Id": requestId }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // SECURITY: the error of JSON.parse quotes the text, and the text might quote the token.
    return undefined;
  }
}

async function exchange(
  settings: TransportSettings,
  call: ApiCall,
  signal: AbortSignal,
): Promise<RawAnswer> {
  try {
    // SECURITY: following a redirect would hand the token to an address nobody configured. The mode `error` says that
    // more plainly, but Workers refuse it.
    const response = await settings.fetch(`${settings.baseUrl}${call.path}`, {
      method: "POST",
      headers: headersOf(settings, call),
      body: call.body,
      redirect: "manual",
      signal,
      ...cacheMark(),
    });
    return { response, text: await response.text() };
  } catch (error) {
    signal.throwIfAborted();
    const cause = new ReportedCause(error, call.filter);
    throw new UnavailableError(`could not reach \`${settings.baseUrl}\`: ${rootOf(cause)}`, {
      code: "connection_failed",
      fix: "Check `baseUrl`, and that the byot server runs and can be reached from here.",
      cause,
    });
  }
}

function readAnswer({ response, text }: RawAnswer, call: ApiCall): ApiAnswer {
  const { status, headers } = response;
  const echoed = headers.get("x-request-id");
  const requestId = echoed === null ? call.requestId : call.filter(echoed);
  if (status === 0 || (status >= 300 && status < 400)) {
    throw new ByotError("the server answered with a redirect, which is not followed", {
      code: "redirect_refused",
      status: status === 0 ? undefined : status,
      requestId,
      fix: "Set `baseUrl` to the final address of the byot server, with `https:` if it asks for that.",
    });
  }
  const body = parseJson(text);
  if (status !== 200) {
    const retryAfterMs = parseRetryAfter(headers.get("retry-after"), new Date());
    throw problemError({ status, body, requestId, retryAfterMs }, call.filter);
  }
  return { body, requestId };
}

/**
 * Makes one call, with its retries, within the total time.
 *
 * @throws ByotError or one of its subclasses; the signal's own reason when the caller stopped.
 */
export async function send(settings: TransportSettings, call: ApiCall): Promise<ApiAnswer> {
  return withinDeadline({ timeoutMs: settings.timeoutMs, signal: call.signal }, async (deadline) =>
    retry(
      async () => readAnswer(await exchange(settings, call, deadline.signal), call),
      deadline,
      settings,
    ),
  );
}
