/** How much a {@link QuotaMap} holds. */
export interface Quota<Value> {
  /** Whose a value is. */
  readonly ownerOf: (value: Value) => string;
  /** Most entries in all. */
  readonly maximum: number;
  /** Most entries of one owner. */
  readonly maximumPerOwner: number;
}

/**
 * A map that holds so much and no more, in all and for each owner; what came first goes first. One owner
 * who keeps a lot pushes out what is his own, not what is another's, until everything is full.
 */
export class QuotaMap<Value extends object> {
  readonly #quota: Quota<Value>;
  // A map and a set iterate in order of insertion: the first one is the oldest.
  readonly #entries = new Map<string, Value>();
  readonly #keysByOwner = new Map<string, Set<string>>();

  /** Starts empty. */
  constructor(quota: Quota<Value>) {
    this.#quota = quota;
  }

  /** The value of a key. */
  get(key: string): Value | undefined {
    return this.#entries.get(key);
  }

  /** Sets the value of a key, as the newest of all; forgets the oldest where that is one too many. */
  set(key: string, value: Value): void {
    this.delete(key);
    const owner = this.#quota.ownerOf(value);
    const keys = this.#keysByOwner.get(owner) ?? new Set<string>();
    if (keys.size >= this.#quota.maximumPerOwner) {
      this.#deleteFirst(keys);
    } else if (this.#entries.size >= this.#quota.maximum) {
      this.#deleteFirst(this.#entries.keys());
    }
    this.#entries.set(key, value);
    this.#keysByOwner.set(owner, keys.add(key));
  }

  /** Forgets a key. */
  delete(key: string): void {
    const value = this.#entries.get(key);
    if (value === undefined) {
      return;
    }
    const owner = this.#quota.ownerOf(value);
    this.#entries.delete(key);
    const keys = this.#keysByOwner.get(owner);
    keys?.delete(key);
    if (keys?.size === 0) {
      this.#keysByOwner.delete(owner);
    }
  }

  /** Forgets the oldest entries, up to the first of which the test is false. */
  dropWhile(test: (value: Value) => boolean): void {
    for (const [key, value] of this.#entries) {
      if (!test(value)) {
        return;
      }
      this.delete(key);
    }
  }

  #deleteFirst(keys: Iterable<string>): void {
    for (const key of keys) {
      this.delete(key);
      return;
    }
  }
}
