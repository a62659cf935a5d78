/** What happened, as a value: either the answer or why there is none. */
export type Result<Value, Failure> =
  | {
      /** The answer is in `value`. */
      readonly ok: true;
      /** The answer. */
      readonly value: Value;
    }
  | {
      /** There is no answer; `error` says why. */
      readonly ok: false;
      /** Why there is no answer. */
      readonly error: Failure;
    };

/** Wraps an answer. */
export function succeed<Value>(value: Value): Result<Value, never> {
  return { ok: true, value };
}

/** Wraps the reason for having no answer. */
export function fail<Failure>(error: Failure): Result<never, Failure> {
  return { ok: false, error };
}
