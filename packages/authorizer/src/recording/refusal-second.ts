import type { RefusedToken } from "./refusal-recorder.js";
import { mergeTallies, type RefusalTally, tallyOf } from "./refusal-tally.js";

/** How many refused tokens of one workspace and source get a record each, in a second. */
const mostAlone = 10;
/** The most sources that are told apart, and the most tallies that are kept, in a second. */
const mostKeys = 1_000;

/** Where a refused token went. */
export type Placing =
  /** It deserves a record of its own. */
  | "alone"
  /** It was added to others of its second. */
  | "tallied"
  /** There is no room to tell it from others. */
  | "uncounted";

/**
 * The refused tokens of one second. Past the tenth of a workspace and a source, the rest of the second becomes one
 * record for each code.
 */
export class RefusalSecond {
  readonly #seen = new Map<string, number>();
  readonly #tallies = new Map<string, RefusalTally>();

  /** Whether some tallies are being made. */
  get isGathering(): boolean {
    return this.#tallies.size > 0;
  }

  /** Finds a place for a refused token. */
  place(refused: RefusedToken, source: string): Placing {
    const key = `${refused.workspaceId}\n${source}`;
    const seen = this.#seen.get(key) ?? 0;
    if (seen === 0 && this.#seen.size >= mostKeys) {
      return "uncounted";
    }
    if (seen < mostAlone) {
      this.#seen.set(key, seen + 1);
      return "alone";
    }
    return this.#tally(refused, `${key}\n${refused.code}`);
  }

  /** Ends the second: answers its tallies and starts anew. */
  end(): readonly RefusalTally[] {
    const tallies = [...this.#tallies.values()];
    this.#seen.clear();
    this.#tallies.clear();
    return tallies;
  }

  #tally(refused: RefusedToken, key: string): Placing {
    const known = this.#tallies.get(key);
    if (known === undefined && this.#tallies.size >= mostKeys) {
      return "uncounted";
    }
    const one = tallyOf(refused);
    this.#tallies.set(key, known === undefined ? one : mergeTallies(known, one));
    return "tallied";
  }
}
