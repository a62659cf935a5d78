import type { LimitName } from "./rate-limits.js";

/** Is told of what happens over HTTP. Must not throw. */
export interface HttpObserver {
  /** An answer was given, or its caller went away before. */
  readonly onAnswered: (status: number) => void;
  /** A request was answered by 429. */
  readonly onLimited: (limit: LimitName) => void;
}
