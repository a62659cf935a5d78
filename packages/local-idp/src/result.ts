/** An expected outcome: the value, or the reason why there is none. Never thrown. */
export type Result<Value, Problem> =
  | {
      /** The operation did what it was asked. */
      readonly ok: true;
      /** What came of it. */
      readonly value: Value;
    }
  | {
      /** The operation was refused. */
      readonly ok: false;
      /** Why; switch on its `code`. */
      readonly error: Problem;
    };
