import type {
  DecisionRecord,
  ImpersonalDecision,
  PersonalFields,
  TokenRefusalRecord,
} from "@byot/storage";
import { readList } from "../stored-json.js";
import { decisionPersonal, decisions, type tokenRefusals } from "./decisions-schema.js";

/** A decision beside what is personal in it, if that is still there. */
export interface JoinedDecision {
  /** The row of `decisions`. */
  readonly decision: typeof decisions.$inferSelect;
  /** The row of `decision_personal`. */
  readonly personal: typeof decisionPersonal.$inferSelect | null;
}

/** What to select for {@link JoinedDecision}. */
export const joinedColumns = { decision: decisions, personal: decisionPersonal } as const;

/** The record of a row. */
export function recordOfDecision({ decision, personal }: JoinedDecision): DecisionRecord {
  return {
    ...impersonalOf(decision),
    ...(personal !== null && { personal: personalOf(personal) }),
  };
}

/** What a row says that is not personal. */
export function impersonalOf(row: JoinedDecision["decision"]): ImpersonalDecision {
  return {
    decisionId: row.decisionId,
    workspaceId: row.workspaceId,
    at: row.at,
    revision: row.revision,
    requestId: row.requestId,
    issuer: row.issuer,
    providerId: row.providerId,
    resource: row.resource,
    action: row.action,
    decision: row.decision,
    reason: row.reason,
    determining: readList(row.determining),
    errors: readList(row.errors),
    durationMicros: row.durationMicros,
  };
}

/** The personal fields of a row. */
export function personalOf(row: NonNullable<JoinedDecision["personal"]>): PersonalFields {
  const { subject, tokenIdHash, clientIp, attributes } = row;
  return {
    subject,
    ...(tokenIdHash !== null && { tokenIdHash }),
    ...(clientIp !== null && { clientIp }),
    attributes: readList(attributes),
  };
}

/** The record of a row. */
export function recordOfRefusal(row: typeof tokenRefusals.$inferSelect): TokenRefusalRecord {
  const { unverifiedIssuer, providerId, subject, ...record } = row;
  return {
    ...record,
    ...(unverifiedIssuer !== null && { unverifiedIssuer }),
    ...(providerId !== null && { providerId }),
    ...(subject !== null && { subject }),
  };
}
