/** What came of something that may fail in expected ways. */
export type Result<Value, Failure> =
  | {
      /** It succeeded. */
      readonly ok: true;
      /** What came of it. */
      readonly value: Value;
    }
  | {
      /** It failed in an expected way. */
      readonly ok: false;
      /** Why. */
      readonly error: Failure;
    };
