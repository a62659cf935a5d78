/** How long things took, by upper bounds. */
export interface DurationCounts {
  /** How many took up to each bound, those of the lower bounds included; in the order of the bounds. */
  readonly upTo: readonly number[];
  /** How many there were. */
  readonly count: number;
  /** How long all of them took together, in seconds. */
  readonly seconds: number;
}

/** The upper bounds by which durations are counted, in seconds: from a decision in memory to an outage. */
export const durationBounds: readonly number[] = [
  0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1,
  2.5,
];

/** Counts how long things take, at the cost of a few comparisons. */
export class Durations {
  readonly #counts: number[] = durationBounds.map(() => 0);
  #count = 0;
  #seconds = 0;

  /** Takes note of how long one took. */
  add(milliseconds: number): void {
    const seconds = milliseconds / 1000;
    this.#count += 1;
    this.#seconds += seconds;
    let place = 0;
    for (const bound of durationBounds) {
      if (seconds <= bound) {
        this.#counts[place] = (this.#counts[place] ?? 0) + 1;
        return;
      }
      place += 1;
    }
  }

  /** What was counted until now. */
  counts(): DurationCounts {
    let sum = 0;
    const upTo = this.#counts.map((count) => (sum += count));
    return { upTo, count: this.#count, seconds: this.#seconds };
  }
}
