import type { AuthorizationCheck, IsAllowedCheck } from "./authorization-check.js";
import type { ByotClientOptions, ClientSettings } from "./client-options.js";
import { resolveOptions } from "./client-options.js";
import type { CheckResult } from "./decision.js";
import { enforceObligations } from "./enforce-obligations.js";
import { ByotError } from "./errors.js";
import { parseDecision } from "./parse-decision.js";
import { createSecretFilter } from "./secret-filter.js";
import type { ApiCall } from "./transport.js";
import { send } from "./transport.js";

const requestIdPattern = /^[A-Za-z0-9._-]{1,128}$/;

function checkRequestId(requestId: string | undefined): void {
  if (requestId !== undefined && !requestIdPattern.test(requestId)) {
    throw new TypeError("`requestId` must be 1–128 letters, digits, `.`, `_` or `-`");
  }
}

function writeBody({ token, resource, action, context, explain }: AuthorizationCheck): string {
  try {
    // A session without a token is often `null` at run time: left out, so that the server answers `token_missing`.
    return JSON.stringify({ token: token ?? undefined, resource, action, context, explain });
  } catch {
    throw new TypeError("`context` must be JSON: no cycles, no bigint");
  }
}

/** Asks a byot server for decisions. One client serves a whole application; it holds no connection and no cache. */
export class ByotClient {
  // Private by the language, so that neither inspection nor JSON shows the API key.
  readonly #settings: ClientSettings;

  /**
   * @throws TypeError when an option is missing or malformed, with what to do about it.
   */
  constructor(options: ByotClientOptions = {}) {
    this.#settings = resolveOptions(options);
  }

  /**
   * Asks whether the token may do the action. A denial is an answer, not an error.
   *
   * @throws TokenRefusedError when the token is not trusted.
   * @throws ApiKeyError when the API key is missing, wrong, or may not do this.
   * @throws InvalidRequestError when the request cannot be taken as it is.
   * @throws UnavailableError when there is no answer in time.
   * @throws ByotError for everything else, such as an answer that is not a decision.
   * @throws TypeError when the check cannot be written as a request.
   */
  async checkAuthorization(check: AuthorizationCheck): Promise<CheckResult> {
    const { transport, knownObligations } = this.#settings;
    const { body, requestId } = await send(transport, this.#callFor(check));
    const parsed = parseDecision(body);
    if (!parsed.ok) {
      throw new ByotError(`the answer is not a decision: \`${parsed.error}\` is missing or wrong`, {
        code: "response_invalid",
        status: 200,
        requestId,
        fix: "Check that `baseUrl` is the address of the byot server and that no proxy answers in its place.",
      });
    }
    return { data: enforceObligations(parsed.value, knownObligations), requestId };
  }

  /**
   * Asks whether the token may do the action, for a yes or a no.
   *
   * @throws as {@link checkAuthorization} does; with `onError: "deny"` every {@link ByotError} is `false` instead, and
   * only a TypeError and the reason of an aborted signal are thrown.
   */
  async isAllowed(check: IsAllowedCheck): Promise<boolean> {
    try {
      const { data } = await this.checkAuthorization(check);
      return data.allowed;
    } catch (error) {
      if (check.onError === "deny" && error instanceof ByotError) {
        return false;
      }
      throw error;
    }
  }

  #callFor(check: AuthorizationCheck): ApiCall {
    const { transport, workspaceId } = this.#settings;
    checkRequestId(check.requestId);
    return {
      path: `/v1/workspaces/${workspaceId}/authorize`,
      body: writeBody(check),
      filter: createSecretFilter([check.token, transport.apiKey]),
      requestId: check.requestId,
      signal: check.signal,
    };
  }
}
