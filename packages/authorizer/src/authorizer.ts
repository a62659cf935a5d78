import type { DecisionLog } from "@byot/storage";
import type { KeyFailure, TokenRefusal, TokenVerifier } from "@byot/token-verifier";
import { bounded, boundedErrors } from "./bounded.js";
import type { CheckDecision, CheckRefusal, CheckRequest } from "./check.js";
import { decide } from "./decide.js";
import { type DecidedCheck, decisionRecord, refusalRecord } from "./decision-record.js";
import { leaveClaims, mapTokenClaims, type PrepareClaims } from "./map-token-claims.js";
import type { Result } from "./result.js";
import type { WorkspaceSnapshot } from "./workspace-snapshot.js";
import type { WorkspaceSnapshots } from "./workspace-snapshots.js";

/** What an authorizer is put together from; nothing is read from the environment. */
export interface AuthorizerParts {
  /** Where workspaces are found. */
  readonly workspaces: WorkspaceSnapshots;
  /** Decides whether a token is to be trusted. */
  readonly verifier: TokenVerifier;
  /** Where every decision and every refused token is written. */
  readonly decisionLog: Pick<DecisionLog, "append" | "appendRefusals">;
  /** The time of day. */
  readonly clock: () => Date;
  /** Makes an id for a record; a UUIDv7, so that ids sort by time. */
  readonly createId: () => string;
  /** A clock that only goes forward, in milliseconds, to measure how long a check takes. */
  readonly stopwatch: () => number;
  /**
   * Is told, for the operator's log, when something could not be recorded. A decision is then not answered. A refused
   * token is answered all the same, because it opens nothing.
   * Must not throw; if it does, the check rejects.
   */
  readonly onNotRecorded: (error: unknown) => void;
  /**
   * Is told, for the operator's log, why the keys of a provider could not be had; the caller learns only that they
   * could not. Must not throw. @defaultValue nobody is told
   */
  readonly onKeysUnavailable?: (event: KeysUnavailable) => void;
  /**
   * Makes the claims to map from those of a verified token, such as `prepareClaims` of `@byot/provider-presets`.
   * @defaultValue the claims of the token are mapped
   */
  readonly prepareClaims?: PrepareClaims;
}

/** A check that could not be answered for want of a provider's keys. */
export interface KeysUnavailable {
  /** The workspace that was asked. */
  readonly workspaceId: string;
  /** The request that asked. */
  readonly requestId: string;
  /** The provider whose keys were wanted. */
  readonly providerId: string | undefined;
  /** What went wrong. */
  readonly failure: KeyFailure;
}

/** What comes of a check. */
export type CheckResult = Result<CheckDecision, CheckRefusal>;

/** Answers checks. */
export interface Authorizer {
  /**
   * Verifies the token, maps its claims, decides, records the decision and only then answers it.
   *
   * @returns The decision, or why there is none. Rejects when the workspace cannot be read or compiled, or when one
   * of the parts throws against its contract; no decision is answered then.
   */
  check(request: CheckRequest): Promise<CheckResult>;
}

/** Puts an authorizer together. */
export function createAuthorizer(parts: AuthorizerParts): Authorizer {
  return {
    async check(request) {
      const startedAt = parts.stopwatch();
      const snapshot = await parts.workspaces.find(request.workspaceId);
      if (snapshot === undefined) {
        const detail = `there is no workspace \`${request.workspaceId}\``;
        return { ok: false, error: { code: "workspace_unknown", detail } };
      }
      if (snapshot.settings.checksRequireApiKey && request.hasApiKey !== true) {
        const detail = "this workspace requires an API key for checks";
        return { ok: false, error: { code: "api_key_missing", detail } };
      }
      const decided = await decideCheck(parts, snapshot, request);
      if (!decided.ok) {
        return refuse(parts, request, decided.error);
      }
      const durationMicros = Math.round((parts.stopwatch() - startedAt) * 1000);
      return record(parts, { ...decided.value, durationMicros });
    },
  };
}

async function decideCheck(
  parts: AuthorizerParts,
  snapshot: WorkspaceSnapshot,
  request: CheckRequest,
): Promise<Result<Omit<DecidedCheck, "durationMicros">, TokenRefusal>> {
  const verification = await parts.verifier.verify(snapshot.trust, request.token);
  if (!verification.ok) {
    return verification;
  }
  const token = verification.value;
  const mapping = mapTokenClaims(snapshot, token, parts.prepareClaims ?? leaveClaims);
  if (!mapping.ok) {
    return mapping;
  }
  const now = parts.clock();
  const { resource, action, context = {} } = request;
  const sources = { token, mapped: mapping.value, now, resource, action, context };
  const verdict = decide(snapshot, sources, request.explain);
  const decision: CheckDecision = {
    allowed: verdict.allowed,
    decision: verdict.allowed ? "Allow" : "Deny",
    reason: verdict.reason,
    decisionId: parts.createId(),
    revision: snapshot.revision,
    evaluatedAt: now,
    tokenExpiresAt: new Date(token.expiresAt * 1000),
    obligations: verdict.obligations,
    determining: bounded(verdict.determining),
    errors: boundedErrors(verdict.errors),
    missing: bounded(verdict.missing),
    nearestMisses: bounded(verdict.nearestMisses ?? []),
    ...(verdict.trace === undefined ? {} : { trace: verdict.trace }),
  };
  return { ok: true, value: { request, token, decision } };
}

async function record(parts: AuthorizerParts, check: DecidedCheck): Promise<CheckResult> {
  try {
    await parts.decisionLog.append([decisionRecord(check)]);
  } catch (error) {
    parts.onNotRecorded(error);
    const detail = "the decision could not be recorded and is therefore not answered";
    return { ok: false, error: { code: "audit_unavailable", detail } };
  }
  return { ok: true, value: check.decision };
}

async function refuse(
  parts: AuthorizerParts,
  request: CheckRequest,
  refusal: TokenRefusal,
): Promise<CheckResult> {
  const at = parts.clock();
  try {
    await parts.decisionLog.appendRefusals([
      refusalRecord({ request, refusal, refusalId: parts.createId(), at }),
    ]);
  } catch (error) {
    parts.onNotRecorded(error);
  }
  const { code, detail, retryAfterSeconds, keyFailure: failure } = refusal;
  if (failure !== undefined) {
    const { workspaceId, requestId } = request;
    parts.onKeysUnavailable?.({
      workspaceId,
      requestId,
      providerId: refusal.provider?.id,
      failure,
    });
  }
  return {
    ok: false,
    error: { code, detail, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) },
  };
}
