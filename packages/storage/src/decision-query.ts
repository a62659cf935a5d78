import type { PageRequest } from "./page.js";

/** A span of time in a log. */
export interface TimeSpan {
  /** Only what was recorded at this time or later, to the millisecond. */
  readonly from?: Date;
  /** Only what was recorded before this time, to the millisecond. */
  readonly until?: Date;
}

/** Which decisions are wanted; an absent field matches everything. */
export interface DecisionQuery extends PageRequest, TimeSpan {
  /** Only this answer. */
  readonly decision?: "Allow" | "Deny";
  /** Only this reason. */
  readonly reason?: string;
  /** Only this subject; never matches what was erased. */
  readonly subject?: string;
  /** Only this issuer. */
  readonly issuer?: string;
  /** Only what this provider vouched for. */
  readonly providerId?: string;
  /** Only this resource. */
  readonly resource?: string;
  /** Only this action. */
  readonly action?: string;
  /** Only what rests on this policy. */
  readonly policyId?: string;
  /** Only what rests on a rule of this id; together with `policyId`, on a rule of this id of that policy. */
  readonly ruleId?: string;
}

/** Which refused tokens are wanted; an absent field matches everything. */
export interface RefusalQuery extends PageRequest, TimeSpan {
  /** Only this refusal code. */
  readonly code?: string;
}
