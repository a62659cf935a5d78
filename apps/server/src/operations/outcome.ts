import type { ProblemCode, ProblemItem } from "@byot/api-contract";

/** Why an operation did not do what was asked. */
export interface OperationProblem {
  /** The stable code. */
  readonly code: ProblemCode;
  /** What was wrong this time, in one line; never a secret. */
  readonly detail: string;
  /** Each mistake, when there is more to say. */
  readonly errors?: readonly ProblemItem[];
  /** When another try makes sense, in seconds. */
  readonly retryAfterSeconds?: number;
}

/** What came of an operation. */
export type Outcome<Value> =
  | {
      /** It was done. */
      readonly ok: true;
      /** What came of it. */
      readonly value: Value;
    }
  | {
      /** It was not done. */
      readonly ok: false;
      /** Why. */
      readonly problem: OperationProblem;
    };

/** An operation that was done. */
export function done<Value>(value: Value): Outcome<Value> {
  return { ok: true, value };
}

/** An operation that was not done. */
export function refused(problem: OperationProblem): Outcome<never> {
  return { ok: false, problem };
}
