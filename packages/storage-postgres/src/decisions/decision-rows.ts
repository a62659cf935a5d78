import { impersonalOf, personalOf, type DecisionRecord } from "@byot/storage";
import { decisionPersonal, decisions } from "./decisions-schema.js";

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
