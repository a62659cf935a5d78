import type {
  Authorizer,
  CheckRefusal,
  DecisionRecorder,
  Result,
  SubjectDecision,
} from "@byot/authorizer";
import type { DecisionLog } from "@byot/storage";
import type { TokenVerifier } from "@byot/token-verifier";
import type { CheckCounts } from "./check-counts.js";
import type { Durations } from "./durations.js";

/** A clock that only goes forward, in milliseconds. */
type Stopwatch = () => number;

/** What counting needs. */
export interface Measuring {
  /** Where it is counted. */
  readonly counts: CheckCounts;
  /** A clock that only goes forward, in milliseconds. */
  readonly stopwatch: Stopwatch;
}

/** Counts what an authorizer decides, and how long it takes. Simulations decide nothing and do not count. */
export function measuredAuthorizer(
  authorizer: Authorizer,
  { counts, stopwatch }: Measuring,
): Authorizer {
  const { total } = counts.durations;

  async function measure<Value>(
    work: Promise<Result<Value, CheckRefusal>>,
    decisionsIn: (value: Value) => readonly SubjectDecision[],
  ): Promise<Result<Value, CheckRefusal>> {
    const startedAt = stopwatch();
    const result = await work;
    total.add(stopwatch() - startedAt);
    if (result.ok) {
      for (const decision of decisionsIn(result.value)) {
        countDecision(counts, decision);
      }
    } else {
      counts.refusals.count(result.error.code);
    }
    return result;
  }

  return {
    check: (request) => measure(authorizer.check(request), (decision) => [decision]),
    checkBatch: (request) => measure(authorizer.checkBatch(request), ({ decisions }) => decisions),
    checkSubject: (request) => measure(authorizer.checkSubject(request), (decision) => [decision]),
    simulate: (request) => authorizer.simulate(request),
  };
}

function countDecision(
  { decisions, incomplete }: CheckCounts,
  { decision, reason, missing }: SubjectDecision,
): void {
  decisions[decision].count(reason);
  if (missing.length > 0) {
    incomplete.count(decision);
  }
}

/** Measures how long the verification of tokens takes, waiting for keys included. */
export function measuredVerifier(
  verifier: TokenVerifier,
  { counts, stopwatch }: Measuring,
): TokenVerifier {
  const { verify } = counts.durations;
  return {
    verify: (trust, token, context) =>
      timed(verifier.verify(trust, token, context), verify, stopwatch),
  };
}

/** Measures how long checks wait for their record. */
export function measuredRecorder(
  recorder: Pick<DecisionRecorder, "record">,
  { counts, stopwatch }: Measuring,
): Pick<DecisionRecorder, "record"> {
  const { record } = counts.durations;
  return {
    record: (records, durability) => timed(recorder.record(records, durability), record, stopwatch),
  };
}

/** As much of the decision log as is written to. */
export type WrittenLog = Pick<DecisionLog, "append" | "appendRefusals">;

/** Measures how long writes of decisions to the log take. */
export function measuredLog(log: WrittenLog, { counts, stopwatch }: Measuring): WrittenLog {
  return {
    append: (records) => timed(log.append(records), counts.flushes, stopwatch),
    appendRefusals: (records) => log.appendRefusals(records),
  };
}

async function timed<Value>(
  work: Promise<Value>,
  durations: Durations,
  stopwatch: Stopwatch,
): Promise<Value> {
  const startedAt = stopwatch();
  try {
    return await work;
  } finally {
    durations.add(stopwatch() - startedAt);
  }
}
