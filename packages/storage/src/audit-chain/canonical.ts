import type { PersonalFields } from "../decision-record.js";
import { canonicalJson } from "./canonical-json.js";
import type { ChainSegment, ErasureRecord, ImpersonalDecision, TextHash } from "./chain-segment.js";

// Each function names its members one by one: what an adapter or a caller carries beside them changes no hash, and the
// compiler finds a member that would be left out.

/** The text of a decision that is hashed. */
export function canonicalDecision(decision: ImpersonalDecision, personalHash: string): string {
  const members = {
    decisionId: decision.decisionId,
    workspaceId: decision.workspaceId,
    at: decision.at.getTime(),
    revision: decision.revision,
    requestId: decision.requestId,
    issuer: decision.issuer,
    providerId: decision.providerId,
    resource: decision.resource,
    action: decision.action,
    decision: decision.decision,
    reason: decision.reason,
    determining: decision.determining,
    errors: decision.errors,
    durationMicros: decision.durationMicros,
    personalHash,
  } satisfies Record<keyof ImpersonalDecision | "personalHash", unknown>;
  return canonicalJson(members);
}

/** The text of an erasure that is hashed. */
export function canonicalErasure({ erasureId, at, by, decisionIds }: ErasureRecord): string {
  const members = {
    erasureId,
    at: at.getTime(),
    by: { kind: by.kind, id: by.id },
    decisionIds,
  } satisfies Record<keyof ErasureRecord, unknown>;
  return canonicalJson(members);
}

/** What the chain keeps of personal fields. */
export function hashPersonal(personal: PersonalFields, salt: string, hash: TextHash): string {
  const members = {
    subject: personal.subject,
    tokenIdHash: personal.tokenIdHash,
    clientIp: personal.clientIp,
    attributes: personal.attributes,
  } satisfies Record<keyof PersonalFields, unknown>;
  return hash(`${salt}\n${canonicalJson(members)}`);
}

/** The hash of a segment: of the one before, of all it says of itself, and of what is in it, in its order. */
export function hashSegment(
  segment: Omit<ChainSegment, "hash">,
  contents: readonly string[],
  hash: TextHash,
): string {
  const header = {
    workspaceId: segment.workspaceId,
    writerId: segment.writerId,
    sequence: segment.sequence,
    previousHash: segment.previousHash,
    boundHeads: segment.boundHeads,
    content: segment.content,
    count: segment.count,
    firstId: segment.firstId,
    lastId: segment.lastId,
    firstAt: segment.firstAt.getTime(),
    lastAt: segment.lastAt.getTime(),
  } satisfies Record<Exclude<keyof ChainSegment, "hash">, unknown>;
  return hash([canonicalJson(header), ...contents].join("\n"));
}
