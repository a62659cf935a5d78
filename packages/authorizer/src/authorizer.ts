import type { VerifiedToken } from "@byot/token-verifier";
import { type AnsweredQuestion, answerQuestion, recordAnswers } from "./answer-question.js";
import type { AuthorizerParts } from "./authorizer-parts.js";
import type {
  BatchCheckRequest,
  BatchDecision,
  CheckDecision,
  CheckOrigin,
  CheckQuestion,
  CheckRequest,
  SubjectCheckRequest,
  SubjectDecision,
} from "./check.js";
import type { CheckRefusal } from "./check-refusal.js";
import { leaveClaims, mapTokenClaims } from "./map-token-claims.js";
import { subjectPrincipal, tokenPrincipal } from "./principal.js";
import { refuseToken } from "./refuse-token.js";
import type { Result } from "./result.js";
import { simulate } from "./simulate.js";
import type { Simulation, SimulationRequest } from "./simulation.js";
import { type Situation, situationOf } from "./situation.js";
import type { SnapshotRefusal } from "./snapshots/snapshot-refusal.js";

/** What comes of a check of a token. */
export type CheckResult = Result<CheckDecision, CheckRefusal>;
/** What comes of several checks of one token. */
export type BatchCheckResult = Result<BatchDecision, CheckRefusal>;
/** What comes of a check of a subject without token. */
export type SubjectCheckResult = Result<SubjectDecision, CheckRefusal>;
/** What comes of a simulation. */
export type SimulationResult = Result<Simulation, SnapshotRefusal>;

/**
 * Answers checks. Every method rejects when the workspace cannot be read or compiled, or when one of the parts throws
 * against its contract; no decision is answered then.
 */
export interface Authorizer {
  /**
   * Verifies the token, maps its claims, decides, records the decision and only then answers it.
   *
   * @returns The decision, or why there is none.
   */
  check(request: CheckRequest): Promise<CheckResult>;

  /**
   * As {@link Authorizer.check}, for several questions at once: the token is verified once, all decisions are made on
   * one revision at one time and recorded together, each with a record of its own.
   *
   * @returns All decisions, or why there are none. Rejects with a `TypeError` for more than 512 questions.
   */
  checkBatch(request: BatchCheckRequest): Promise<BatchCheckResult>;

  /**
   * Decides about somebody for whom no token speaks, on the word of the application; never without an API key. The
   * decision is recorded as any other, under the issuer and the provider `byot:subject`.
   *
   * @returns The decision, or why there is none.
   */
  checkSubject(request: SubjectCheckRequest): Promise<SubjectCheckResult>;

  /**
   * Says what would be decided on given attributes, and why. It grants nothing, and nothing is recorded.
   *
   * @returns What would be decided, or why that cannot be said. Rejects with a `TypeError` when two drafts have the same
   * name or one did not come out of `parsePolicy`.
   */
  simulate(request: SimulationRequest): Promise<SimulationResult>;
}

/** What a request says of the token and whom it is shown for. */
interface TokenRequest extends CheckOrigin {
  readonly token: unknown;
}

/** A verified token in its situation. */
interface Holder {
  readonly token: VerifiedToken;
  readonly situation: Situation;
}

const mostQuestions = 512;

/** Puts an authorizer together. */
export function createAuthorizer(parts: AuthorizerParts): Authorizer {
  return {
    check: (request) => check(parts, request),
    checkBatch: (request) => checkBatch(parts, request),
    checkSubject: (request) => checkSubject(parts, request),
    async simulate(request) {
      const found = await parts.workspaces.find(request.workspaceId, request.minRevision);
      return found.ok
        ? { ok: true, value: simulate(found.value, request, request.currentTime ?? parts.clock()) }
        : found;
    },
  };
}

async function check(parts: AuthorizerParts, request: CheckRequest): Promise<CheckResult> {
  const identified = await identifyHolder(parts, request, request);
  if (!identified.ok) {
    return identified;
  }
  const { token, situation } = identified.value;
  const answer = answerQuestion(parts, situation, request);
  const recorded = await recordAnswers(parts, situation, [answer]);
  return recorded.ok ? { ok: true, value: withExpiry(answer, token) } : recorded;
}

async function checkBatch(
  parts: AuthorizerParts,
  request: BatchCheckRequest,
): Promise<BatchCheckResult> {
  if (request.checks.length > mostQuestions) {
    throw new TypeError(`a batch holds at most ${mostQuestions} questions`);
  }
  const identified = await identifyHolder(parts, request, askedByAll(request.checks));
  if (!identified.ok) {
    return identified;
  }
  const { token, situation } = identified.value;
  const answers = request.checks.map((question) => answerQuestion(parts, situation, question));
  const recorded = await recordAnswers(parts, situation, answers);
  const { revision } = situation.snapshot;
  return recorded.ok
    ? { ok: true, value: { revision, decisions: answers.map((each) => withExpiry(each, token)) } }
    : recorded;
}

async function checkSubject(
  parts: AuthorizerParts,
  request: SubjectCheckRequest,
): Promise<SubjectCheckResult> {
  const startedAt = parts.stopwatch();
  // SECURITY: nothing but the application's word stands behind such a subject.
  if (request.hasApiKey !== true) {
    return withoutApiKey("a subject without token requires an API key");
  }
  const found = await parts.workspaces.find(request.workspaceId, request.minRevision);
  if (!found.ok) {
    return found;
  }
  const principal = subjectPrincipal(request);
  const given = { snapshot: found.value, origin: request, principal, startedAt };
  const situation = situationOf(parts, given);
  const answer = answerQuestion(parts, situation, request);
  const recorded = await recordAnswers(parts, situation, [answer]);
  return recorded.ok ? { ok: true, value: answer.decision } : recorded;
}

async function identifyHolder(
  parts: AuthorizerParts,
  request: TokenRequest,
  asked: Pick<CheckQuestion, "resource" | "action">,
): Promise<Result<Holder, CheckRefusal>> {
  const startedAt = parts.stopwatch();
  const found = await parts.workspaces.find(request.workspaceId, request.minRevision);
  if (!found.ok) {
    return found;
  }
  const snapshot = found.value;
  if (snapshot.settings.checksRequireApiKey && request.hasApiKey !== true) {
    return withoutApiKey("this workspace requires an API key for checks");
  }
  const verification = await parts.verifier.verify(snapshot.trust, request.token);
  if (!verification.ok) {
    return refuseToken(parts, { snapshot, origin: request, asked }, verification.error);
  }
  return holderOf(parts, { snapshot, origin: request, asked, startedAt }, verification.value);
}

interface Identifying extends Pick<Situation, "snapshot" | "origin" | "startedAt"> {
  readonly asked: Pick<CheckQuestion, "resource" | "action">;
}

function holderOf(
  parts: AuthorizerParts,
  { snapshot, origin, asked, startedAt }: Identifying,
  token: VerifiedToken,
): Result<Holder, CheckRefusal> {
  const mapping = mapTokenClaims(snapshot, token, parts.prepareClaims ?? leaveClaims);
  if (!mapping.ok) {
    return refuseToken(parts, { snapshot, origin, asked }, mapping.error);
  }
  const principal = tokenPrincipal(token, mapping.value);
  const situation = situationOf(parts, { snapshot, origin, principal, startedAt });
  return { ok: true, value: { token, situation } };
}

function withExpiry({ decision }: AnsweredQuestion, { expiresAt }: VerifiedToken): CheckDecision {
  return Object.assign({ tokenExpiresAt: new Date(expiresAt * 1000) }, decision);
}

// Several questions stand in one record of a refused token: it was shown once.
function askedByAll(checks: readonly CheckQuestion[]): Pick<CheckQuestion, "resource" | "action"> {
  const [only, ...others] = checks;
  return only !== undefined && others.length === 0 ? only : { resource: "*", action: "*" };
}

function withoutApiKey(detail: string): Result<never, CheckRefusal> {
  return { ok: false, error: { code: "api_key_missing", detail } };
}
