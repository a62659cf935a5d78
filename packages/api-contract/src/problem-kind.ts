/** What is always true of one kind of problem. */
export interface ProblemKind {
  /** The HTTP status it is answered with. */
  readonly status: number;
  /** A short name for people. */
  readonly title: string;
  /** What the caller can do about it. */
  readonly fix: string;
}
