/** A number of either kind; the two are comparable. */
export type Bound = number | bigint;

/** Something that holds from `low` to `high`, both included. */
export interface Interval<Value> {
  /** The lowest number, or minus infinity. */
  readonly low: Bound;
  /** The highest number, or infinity. */
  readonly high: Bound;
  /** What holds there. */
  readonly value: Value;
}

interface Search<Value> {
  readonly point: Bound;
  readonly found: Value[];
}

/** Finds the intervals around a number: a balanced tree by lower end that knows how high each branch reaches. */
export class IntervalTree<Value> {
  readonly #sorted: readonly Interval<Value>[];
  readonly #reach: Bound[];

  constructor(intervals: readonly Interval<Value>[]) {
    this.#sorted = intervals.toSorted((a, b) => (a.low < b.low ? -1 : Number(a.low > b.low)));
    this.#reach = this.#sorted.map(({ high }) => high);
    this.#measure(0, this.#sorted.length);
  }

  /** What holds at `point`, in the order of lower ends. */
  containing(point: Bound): Value[] {
    const search: Search<Value> = { point, found: [] };
    this.#collect(0, this.#sorted.length, search);
    return search.found;
  }

  // The middle of a range is the root of its branch; its own place holds the reach of the branch.
  #measure(from: number, to: number): Bound {
    const middle = (from + to) >>> 1;
    const root = this.#sorted[middle];
    if (from >= to || root === undefined) {
      return Number.NEGATIVE_INFINITY;
    }
    const below = highest(this.#measure(from, middle), this.#measure(middle + 1, to));
    const reach = highest(root.high, below);
    this.#reach[middle] = reach;
    return reach;
  }

  #collect(from: number, to: number, search: Search<Value>): void {
    const middle = (from + to) >>> 1;
    const root = this.#sorted[middle];
    const reach = this.#reach[middle];
    if (from >= to || root === undefined || reach === undefined || reach < search.point) {
      return;
    }
    this.#collect(from, middle, search);
    if (root.low <= search.point) {
      if (root.high >= search.point) {
        search.found.push(root.value);
      }
      this.#collect(middle + 1, to, search);
    }
  }
}

function highest(a: Bound, b: Bound): Bound {
  return a > b ? a : b;
}
