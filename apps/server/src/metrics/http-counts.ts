import { Tally } from "./tally.js";

/** What is counted about HTTP while the server runs. */
export interface HttpCounts {
  /** Answers by status. */
  readonly answers: Tally;
  /** Requests answered by 429, by the limit that was exceeded. */
  readonly limited: Tally;
}

/** Starts counting. */
export function createHttpCounts(): HttpCounts {
  return { answers: new Tally(), limited: new Tally() };
}
