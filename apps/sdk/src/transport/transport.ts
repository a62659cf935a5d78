import { ByotError, UnavailableError } from "../errors/errors.js";
import { problemError } from "../errors/problem-error.js";
import type { ApiAnswer, ApiCall } from "./api-call.js";
import { checkCallOptions } from "./check-call-options.js";
import { withinDeadline } from "./deadline.js";
import type { FetchInit, FetchLike, FetchResponse } from "./fetch-like.js";
import type { Hooks } from "./hooks.js";
import { observed } from "./observed.js";
import { ReportedCause, rootOf } from "./reported-cause.js";
import { parseRetryAfter } from "./retry-after.js";
import { retry } from "./retry.js";
import type { SecretFilter } from "./secret-filter.js";
import { createSecretFilter } from "./secret-filter.js";

/** Where and how requests go. */
export interface TransportSettings extends Hooks {
  /** The server's address, without a slash at the end. */
  readonly baseUrl: string;
  /** Sent as `Authorization: Bearer …`. */
  readonly apiKey: string | undefined;
  /** Sent as `User-Agent`. */
  readonly userAgent: string | undefined;
  /** The total time of one call with all its attempts, in milliseconds; absent for what suits the call. */
  readonly timeoutMs: number | undefined;
  /** How many attempts may follow the first. */
  readonly retries: number;
  /** Makes the requests. */
  readonly fetch: FetchLike;
  /** A number from 0 up to 1, as `Math.random` gives it. */
  readonly random: () => number;
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

function headersOf(
  { apiKey, userAgent }: TransportSettings,
  { body, ifMatch, options: { requestId } }: ApiCall,
): Record<string, string> {
  const headers = {
    "Content-Type": body === undefined ? undefined : "application/json",
    Authorization: apiKey === undefined ? undefined : `Bearer ${apiKey}`,
    "If-Match": ifMatch,
    "User-Agent": userAgent,
    "X-Request-Id": requestId,
  };
  return Object.fromEntries(
    Object.entries(headers).filter((field): field is [string, string] => field[1] !== undefined),
  );
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
  { signal, filter }: { readonly signal: AbortSignal; readonly filter: SecretFilter },
): Promise<RawAnswer> {
  try {
    // SECURITY: following a redirect would hand the token to an address nobody configured. The mode `error` says that
    // more plainly, but Workers refuse it.
    const response = await settings.fetch(`${settings.baseUrl}${call.path}`, {
      method: call.method,
      headers: headersOf(settings, call),
      ...(call.body === undefined ? {} : { body: call.body }),
      redirect: "manual",
      signal,
      ...cacheMark(),
    });
    const unread = call.streamed === true && response.status === call.status;
    return { response, text: unread ? "" : await response.text() };
  } catch (error) {
    signal.throwIfAborted();
    const cause = new ReportedCause(error, filter);
    throw new UnavailableError(`could not reach \`${settings.baseUrl}\`: ${rootOf(cause)}`, {
      code: "connection_failed",
      fix: "Check `baseUrl`, and that the byot server runs and can be reached from here.",
      cause,
    });
  }
}

function readAnswer({ response, text }: RawAnswer, call: ApiCall, filter: SecretFilter): ApiAnswer {
  const { status, headers } = response;
  const echoed = headers.get("x-request-id");
  const requestId = echoed === null ? call.options.requestId : filter(echoed);
  if (status === 0 || (status >= 300 && status < 400)) {
    throw new ByotError("the server answered with a redirect, which is not followed", {
      code: "redirect_refused",
      status: status === 0 ? undefined : status,
      requestId,
      fix: "Set `baseUrl` to the final address of the byot server, with `https:` if it asks for that.",
    });
  }
  const body = parseJson(text);
  if (status !== call.status) {
    const retryAfterMs = parseRetryAfter(headers.get("retry-after"), new Date());
    throw problemError({ status, body, requestId, retryAfterMs }, filter);
  }
  return { body, response, requestId };
}

/**
 * Makes one call, with its retries, within the total time.
 *
 * @throws ByotError or one of its subclasses; the signal's own reason when the caller stopped.
 * @throws TypeError when what the caller said of the call cannot be.
 */
export async function send(settings: TransportSettings, call: ApiCall): Promise<ApiAnswer> {
  checkCallOptions(call.options);
  const filter = createSecretFilter([settings.apiKey, ...call.secrets]);
  const timeoutMs = call.options.timeoutMs ?? settings.timeoutMs ?? call.defaultTimeoutMs;
  return withinDeadline({ timeoutMs, signal: call.options.signal }, async (deadline) => {
    const run = async (): Promise<ApiAnswer> =>
      readAnswer(await exchange(settings, call, { signal: deadline.signal, filter }), call, filter);
    const { retries, random } = settings;
    return retry(async (attempt) => observed(settings, call, { attempt, run }), deadline, {
      retries,
      random,
      repeatable: call.repeatable,
    });
  });
}
