import type { ByotClientOptions, ClientSettings } from "./client-options.js";
import { resolveOptions } from "./client-options.js";
import { AccessDeniedError } from "./decisions/access-denied-error.js";
import type {
  AuthorizationCheck,
  BatchCheck,
  IsAllowedCheck,
  Question,
  SharedQuestion,
} from "./decisions/authorization-check.js";
import type { BatchResult, CheckResult, Decision } from "./decisions/decision.js";
import { enforceObligations } from "./decisions/enforce-obligations.js";
import type { Parsed } from "./decisions/parse-decision.js";
import { parseDecision, parseDecisions } from "./decisions/parse-decision.js";
import { ByotError } from "./errors/errors.js";
import { notByot } from "./errors/problem-error.js";
import type { ApiAnswer, ApiCall } from "./transport/api-call.js";
import { send } from "./transport/transport.js";

const defaultTimeoutMs = 2_000;

function questionOf({ resource, action, context }: Question): Question {
  return { resource, action, context };
}

function writeBody(shared: SharedQuestion, question: object): string {
  const { token, clientIp, explain, minRevision } = shared;
  try {
    // A session without a token is often `null` at run time: left out, so that the server answers `token_missing`.
    return JSON.stringify({
      token: token ?? undefined,
      ...question,
      clientIp,
      explain,
      minRevision,
    });
  } catch {
    throw new TypeError("`context` must be JSON: no cycles, no bigint");
  }
}

function valueOf<T>(parsed: Parsed<T>, { requestId }: ApiAnswer): T {
  if (!parsed.ok) {
    throw new ByotError(`the answer is not a decision: \`${parsed.error}\` is missing or wrong`, {
      code: "response_invalid",
      status: 200,
      requestId,
      fix: notByot,
    });
  }
  return parsed.value;
}

/**
 * Asks a byot server for decisions, and does nothing else: for edge functions and web pages, where every kilobyte
 * counts. One client serves a whole application; it holds no connection and no cache.
 */
export class CheckClient {
  /** The workspace it asks. */
  readonly workspaceId: string;
  // Private by the language, so that neither inspection nor JSON shows the API key.
  readonly #options: ByotClientOptions;
  readonly #settings: ClientSettings;

  /**
   * @throws TypeError when an option is missing or malformed, with what to do about it.
   */
  constructor(options: ByotClientOptions = {}) {
    this.#options = options;
    this.#settings = resolveOptions(options);
    this.workspaceId = this.#settings.workspaceId;
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
    const answer = await this.#ask("", check, questionOf(check));
    return {
      data: this.#enforce(valueOf(parseDecision(answer.body), answer)),
      requestId: answer.requestId,
    };
  }

  /**
   * Asks several questions about one token at once: one verification, one revision of the workspace, one decision for
   * each question, in order.
   *
   * @throws as {@link checkAuthorization} does; an error concerns all of them.
   */
  async checkAuthorizations(batch: BatchCheck): Promise<BatchResult> {
    const checks = batch.checks.map(questionOf);
    const answer = await this.#ask("/batch", batch, { checks });
    const { revision, decisions } = valueOf(parseDecisions(answer.body, checks.length), answer);
    return {
      data: { revision, decisions: decisions.map((decision) => this.#enforce(decision)) },
      requestId: answer.requestId,
    };
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

  /**
   * Asks whether the token may do the action, and goes on only if it may.
   *
   * @throws AccessDeniedError when it may not; else as {@link checkAuthorization} does.
   */
  async checkOrThrow(check: AuthorizationCheck): Promise<CheckResult> {
    const result = await this.checkAuthorization(check);
    if (!result.data.allowed) {
      throw new AccessDeniedError(result);
    }
    return result;
  }

  /** The same client but for these options; one that is given as `undefined` goes back to its default. */
  withOptions(options: ByotClientOptions): CheckClient {
    return new CheckClient(this.optionsWith(options));
  }

  /** The options it was made with, overlaid with others. */
  protected optionsWith(options: ByotClientOptions): ByotClientOptions {
    return { ...this.#options, ...options };
  }

  /** Makes one call of the API. */
  protected async send(call: ApiCall): Promise<ApiAnswer> {
    return send(this.#settings.transport, call);
  }

  async #ask(suffix: "" | "/batch", shared: SharedQuestion, question: object): Promise<ApiAnswer> {
    return this.send({
      operation: suffix === "" ? "checkAuthorization" : "checkAuthorizations",
      method: "POST",
      path: `/v1/workspaces/${this.workspaceId}/authorize${suffix}`,
      body: writeBody(shared, question),
      status: 200,
      repeatable: true,
      secrets: [shared.token],
      defaultTimeoutMs,
      options: shared,
    });
  }

  #enforce(decision: Decision): Decision {
    return enforceObligations(decision, this.#settings.knownObligations);
  }
}
