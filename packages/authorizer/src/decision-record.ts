import type { DecisionRecord, TokenRefusalRecord } from "@byot/storage";
import type { TokenRefusal, VerifiedToken } from "@byot/token-verifier";
import type { CheckDecision, CheckRequest } from "./check.js";

/** What a decision is recorded from. */
export interface DecidedCheck {
  /** The question. */
  readonly request: CheckRequest;
  /** Who asked. */
  readonly token: VerifiedToken;
  /** The answer. */
  readonly decision: CheckDecision;
  /** How long it took, in microseconds. */
  readonly durationMicros: number;
}

/** The record of a decision. It is put together from named fields, so that no token can slip in. */
export function decisionRecord(check: DecidedCheck): DecisionRecord {
  const { request, token, decision, durationMicros } = check;
  return {
    decisionId: decision.decisionId,
    workspaceId: request.workspaceId,
    at: decision.evaluatedAt,
    revision: decision.revision,
    requestId: request.requestId,
    issuer: token.issuer,
    subject: token.subject,
    providerId: token.provider.id,
    resource: request.resource,
    action: request.action,
    decision: decision.decision,
    reason: decision.reason,
    determining: decision.determining,
    errors: decision.errors,
    durationMicros,
  };
}

/** What a refused token is recorded from. */
export interface RefusedCheck {
  /** The question. */
  readonly request: CheckRequest;
  /** Why the token was refused. */
  readonly refusal: TokenRefusal;
  /** The record's id. */
  readonly refusalId: string;
  /** When it was refused. */
  readonly at: Date;
}

/** The record of a refused token. */
export function refusalRecord(check: RefusedCheck): TokenRefusalRecord {
  const { request, refusal, refusalId, at } = check;
  return {
    refusalId,
    workspaceId: request.workspaceId,
    at,
    requestId: request.requestId,
    code: refusal.code,
    ...(refusal.unverifiedIssuer === undefined
      ? {}
      : { unverifiedIssuer: refusal.unverifiedIssuer }),
    resource: request.resource,
    action: request.action,
  };
}
