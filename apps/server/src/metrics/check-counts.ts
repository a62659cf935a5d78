import { Durations } from "./durations.js";
import { Tally } from "./tally.js";

/** What a check spends its time on. */
export type CheckStage = "total" | "verify" | "record";

/** What is counted about checks and the decision log while the server runs. */
export interface CheckCounts {
  /** Decisions by reason, apart for each outcome. */
  readonly decisions: Readonly<Record<"Allow" | "Deny", Tally>>;
  /** Checks without a decision, by the code of their refusal. */
  readonly refusals: Tally;
  /** Decisions that policies would have read further attributes for. */
  readonly incomplete: Tally;
  /** How long checks took, by what they spent it on. */
  readonly durations: Readonly<Record<CheckStage, Durations>>;
  /** How long writes of decisions to the log took. */
  readonly flushes: Durations;
}

/** Starts counting. */
export function createCheckCounts(): CheckCounts {
  return {
    decisions: { Allow: new Tally(), Deny: new Tally() },
    refusals: new Tally(),
    incomplete: new Tally(),
    durations: { total: new Durations(), verify: new Durations(), record: new Durations() },
    flushes: new Durations(),
  };
}
