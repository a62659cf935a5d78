import {
  impersonalOf,
  personalOf,
  refusalOf,
  type DecisionRecord,
  type ImpersonalDecision,
  type PersonalFields,
  type TokenRefusalRecord,
} from "@byot/storage";
import { decisions, type decisionPersonal, type tokenRefusals } from "./decisions-schema.js";
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
  const personal = personalOfRow(row);
  const decision = impersonalOfRow(row);
  return personal === undefined ? decision : { ...decision, personal };
}

/**
 * What a row says that is not personal.
 *
 * @throws StorageError with code `CORRUPT` when a list in it cannot be read.
 */
export function impersonalOfRow(row: DecisionRow): ImpersonalDecision {
  return impersonalOf({ ...row, at: timeOf(row.at) });
}

/**
 * What a row says that is personal; `undefined` when that is gone.
 *
 * @throws StorageError with code `CORRUPT` when a list in it cannot be read.
 */
export function personalOfRow(row: JoinedDecision): PersonalFields | undefined {
  const { subject, attributes } = row;
  return subject === null || attributes === null
    ? undefined
    : personalOf({ ...row, subject, attributes });
}

/** The record of a row. */
export function recordOfRefusal({
  sequence: _sequence,
  at,
  ...row
}: RefusalRow): TokenRefusalRecord {
  return refusalOf({ ...row, at: timeOf(at) });
}
