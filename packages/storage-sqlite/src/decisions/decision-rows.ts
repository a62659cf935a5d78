import type {
  DecisionRecord,
  ImpersonalDecision,
  PersonalFields,
  TokenRefusalRecord,
} from "@byot/storage";
import { decisions, type decisionPersonal, type tokenRefusals } from "./decisions-schema.js";
import { readList } from "./stored-json.js";
import { timeOf } from "./stored-time.js";
import { columnsOf } from "./table-sql.js";

/** A row of `decisions`. */
export type DecisionRow = typeof decisions.$inferSelect;
/** A row of `decision_personal`. */
export type PersonalRow = typeof decisionPersonal.$inferSelect;
/** A row of `token_refusals`. */
export type RefusalRow = typeof tokenRefusals.$inferSelect;

/** The columns of `decision_personal` that are not there to find it by. */
type PersonalColumns = Pick<
  PersonalRow,
  "salt" | "subject" | "tokenIdHash" | "clientIp" | "attributes"
>;

/** A decision `d` beside what is personal in it, `p`, if that is still there. */
export type JoinedDecision = DecisionRow & {
  readonly [Name in keyof PersonalColumns]: PersonalColumns[Name] | null;
};

/** What a `SELECT` has to name for {@link JoinedDecision}, of `decisions AS d` and `decision_personal AS p`. */
export const joinedColumns = `${columnsOf(decisions, "d")}, p.salt AS salt, p.subject AS subject,
  p.token_id_hash AS tokenIdHash, p.client_ip AS clientIp, p.attributes AS attributes`;

/**
 * The record of a row.
 *
 * @throws StorageError with code `CORRUPT` when a list in it cannot be read.
 */
export function recordOfDecision(row: JoinedDecision): DecisionRecord {
  const personal = personalOf(row);
  const decision = impersonalOf(row);
  return personal === undefined ? decision : { ...decision, personal };
}

/**
 * What a row says that is not personal.
 *
 * @throws StorageError with code `CORRUPT` when a list in it cannot be read.
 */
export function impersonalOf(row: DecisionRow): ImpersonalDecision {
  return {
    decisionId: row.decisionId,
    workspaceId: row.workspaceId,
    at: timeOf(row.at),
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

/**
 * What a row says that is personal; `undefined` when that is gone.
 *
 * @throws StorageError with code `CORRUPT` when a list in it cannot be read.
 */
export function personalOf(row: JoinedDecision): PersonalFields | undefined {
  const { subject, tokenIdHash, clientIp, attributes } = row;
  return subject === null || attributes === null
    ? undefined
    : {
        subject,
        ...(tokenIdHash !== null && { tokenIdHash }),
        ...(clientIp !== null && { clientIp }),
        attributes: readList(attributes),
      };
}

/** The record of a row. */
export function recordOfRefusal(row: RefusalRow): TokenRefusalRecord {
  const { sequence: _sequence, at, unverifiedIssuer, providerId, subject, ...record } = row;
  return {
    ...record,
    at: timeOf(at),
    ...(unverifiedIssuer !== null && { unverifiedIssuer }),
    ...(providerId !== null && { providerId }),
    ...(subject !== null && { subject }),
  };
}
