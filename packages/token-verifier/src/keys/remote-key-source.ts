import type { Clock } from "../clock.js";
import type { Limits } from "../limits.js";
import type { Result } from "../result.js";
import type { KeyFailure } from "./key-failure.js";
import type { KeySet } from "./key-set.js";
import type { KeyLookup, KeyQuery, KeySource, VerificationKey } from "./key-source.js";

/** What a remote key source is made of. */
export interface RemoteKeySourceParts {
  /** Gets the keys from the issuer, now. Never rejects. */
  readonly load: () => Promise<Result<KeySet, KeyFailure>>;
  /** The time. */
  readonly clock: Clock;
  /** How long keys live and how often they are asked for. */
  readonly limits: Limits;
}

/** Keys as they came, with the time they were asked for, in ms since 1970. */
interface HeldKeys {
  readonly keys: KeySet;
  readonly askedAt: number;
}

/**
 * Holds the keys of one issuer.
 *
 * Keys are fresh for the soft life; then the next use fetches them again. While that fails the old ones
 * serve until the hard life ends. An unknown key is a reason to fetch as well. All of it is one fetch at a
 * time, and after an unknown key or a failure the issuer is left alone for the refetch interval.
 */
export class RemoteKeySource implements KeySource {
  readonly #parts: RemoteKeySourceParts;
  #held: HeldKeys | undefined;
  #failure: KeyFailure | undefined;
  #attemptedAt = Number.NEGATIVE_INFINITY;
  #loading: Promise<void> | undefined;

  /** Starts empty; nothing is fetched before the first use. */
  constructor(parts: RemoteKeySourceParts) {
    this.#parts = parts;
  }

  /** Finds a key, fetching the keys first when that is due. */
  async find(query: KeyQuery): Promise<KeyLookup> {
    const { softLifeSeconds, refetchIntervalSeconds } = this.#parts.limits;
    if (!this.#isYounger(softLifeSeconds)) {
      await this.#loadAfter(this.#failure === undefined ? 0 : refetchIntervalSeconds);
    }
    const lookup = this.#lookUp(query);
    // Without a `kid` the answer depends on the number of keys, which is no reason to ask again.
    if (lookup.status === "found" || query.kid === undefined) {
      return lookup;
    }
    await this.#loadAfter(refetchIntervalSeconds);
    return this.#lookUp(query);
  }

  /** Finds a key among fresh ones; everything else is for {@link RemoteKeySource.find}, which may wait. */
  findNow(query: KeyQuery): VerificationKey | undefined {
    return this.#isYounger(this.#parts.limits.softLifeSeconds)
      ? this.#held?.keys.find(query)
      : undefined;
  }

  /** Joins the fetch under way, or starts one if the last ended that many seconds ago. */
  async #loadAfter(seconds: number): Promise<void> {
    if (this.#loading === undefined && this.#secondsUntilAttempt(seconds) === 0) {
      this.#loading = this.#load().finally(() => {
        this.#loading = undefined;
      });
    }
    await this.#loading;
  }

  async #load(): Promise<void> {
    const askedAt = this.#now();
    const loaded = await this.#parts.load();
    this.#attemptedAt = this.#now();
    if (loaded.ok) {
      // INVARIANT: the set is replaced as a whole, and only by one that has a usable key.
      this.#held = { keys: loaded.value, askedAt };
      this.#failure = undefined;
    } else {
      this.#failure = loaded.error;
    }
  }

  #lookUp(query: KeyQuery): KeyLookup {
    const key = this.#servingKeys()?.find(query);
    if (key !== undefined) {
      return { status: "found", key };
    }
    const { refetchIntervalSeconds } = this.#parts.limits;
    const retryAfterSeconds = Math.max(1, this.#secondsUntilAttempt(refetchIntervalSeconds));
    return this.#failure === undefined
      ? { status: "unknown", retryAfterSeconds }
      : { status: "unavailable", retryAfterSeconds, failure: this.#failure };
  }

  /** The keys, as long as they may serve at all. */
  #servingKeys(): KeySet | undefined {
    const { softLifeSeconds, hardLifeSeconds } = this.#parts.limits;
    return this.#isYounger(Math.max(softLifeSeconds, hardLifeSeconds))
      ? this.#held?.keys
      : undefined;
  }

  /** A clock that was set back makes keys old, not young. */
  #isYounger(seconds: number): boolean {
    const age = this.#held === undefined ? Number.NaN : this.#now() - this.#held.askedAt;
    return age >= 0 && age < seconds * 1000;
  }

  /** How many seconds are missing until the last attempt is that many seconds ago. */
  #secondsUntilAttempt(interval: number): number {
    const sinceAttempt = this.#now() - this.#attemptedAt;
    const missing = interval * 1000 - sinceAttempt;
    return sinceAttempt >= 0 && missing > 0 ? Math.ceil(missing / 1000) : 0;
  }

  #now(): number {
    return this.#parts.clock().getTime();
  }
}
