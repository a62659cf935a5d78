/** Counts by name, at the cost of one addition: names come from closed sets, never from callers. */
export class Tally {
  readonly #counts = new Map<string, number>();

  /** Counts one more. */
  count(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** Every name that was counted, with its count. */
  entries(): IterableIterator<[string, number]> {
    return this.#counts.entries();
  }
}
