/** What is always true of one kind of problem. */
export interface ProblemKind {
  /** The HTTP status it is answered with. */
  readonly status: number;
  /** A short name for people. */
  readonly title: string;
  /** What the caller can do about it. */
  readonly fix: string;
  /**
   * When another try makes sense: the `Retry-After` of the answer, in seconds, unless whoever answers knows better.
   * Absent where trying again changes nothing.
   */
  readonly retryAfterSeconds?: number;
}
