import type { Clock } from "../clock.js";
import type { Limits } from "../limits.js";
import type { Result } from "../result.js";
import type { Wait } from "../wait.js";
import { describeState } from "./describe-state.js";
import { beginFetch, endFetch, type LoadedKeys } from "./fetch-steps.js";
import type { KeyFailure } from "./key-failure.js";
import type { KeyLocation } from "./key-location.js";
import { type LookupStep, type Patience, planLookup } from "./key-lookup-step.js";
import type { KeyLookup, KeyQuery, VerificationKey } from "./key-source.js";
import { emptyState, type KeySourceState, observeTime } from "./key-source-state.js";
import type { KeySourceStatus } from "./key-source-status.js";
import type { ManagedKeySource } from "./managed-key-source.js";

/** What a remote key source is made of. */
export interface RemoteKeySourceParts {
  /** Where the keys are. */
  readonly location: KeyLocation;
  /** Gets the keys from the issuer, now. Never rejects. */
  readonly load: () => Promise<Result<LoadedKeys, KeyFailure>>;
  /** Is told how the source is doing whenever an attempt has ended. Never throws. */
  readonly onFetched: (status: KeySourceStatus) => void;
  /** The time. */
  readonly clock: Clock;
  /** Lets time pass. */
  readonly wait: Wait;
  /** A number of 0 or more and less than 1. */
  readonly random: () => number;
  /** How long keys live and how often they are asked for. */
  readonly limits: Limits;
}

/** A fetch under way, which belongs to nobody: that one of those who wait gives up does not end it. */
interface Flight {
  /** Resolves when the fetch has ended and the state says how. */
  readonly landed: Promise<void>;
  /** Resolves at the latest when the time is over for which stale keys hold back; begins with the first to ask. */
  readonly delayed: () => Promise<void>;
}

/**
 * Holds the keys of one issuer and does what the steps say: it keeps the state, fetches once at a time and
 * lets those who look for a key wait for that. No timer runs while nobody looks for one.
 */
export class RemoteKeySource implements ManagedKeySource {
  readonly #parts: RemoteKeySourceParts;
  #state: KeySourceState = emptyState;
  #flight: Flight | undefined;

  /** Starts empty; nothing is fetched before the first use. */
  constructor(parts: RemoteKeySourceParts) {
    this.#parts = parts;
  }

  /** Finds a key, fetching the keys first when that is due. */
  async find(query: KeyQuery): Promise<KeyLookup> {
    let patience: Patience = "none";
    for (;;) {
      const { outcome } = this.#take(query, patience);
      if (typeof outcome === "object") {
        return outcome;
      }
      // oxlint-disable-next-line no-await-in-loop -- each turn depends on what the last one waited for
      await (outcome === "whole" ? this.#flight?.landed : this.#flight?.delayed());
      patience = outcome;
    }
  }

  /** The key that serves at this moment; whatever has to be waited for is for {@link RemoteKeySource.find}. */
  findNow(query: KeyQuery): VerificationKey | undefined {
    const { outcome } = this.#take(query, "none");
    return typeof outcome === "object" && outcome.status === "found" ? outcome.key : undefined;
  }

  /** Fetches at once, or joins the fetch under way; neither back-off nor interval matters. */
  async refresh(): Promise<void> {
    this.#observe();
    if (this.#flight === undefined) {
      this.#parts.location.forget();
      this.#flight = this.#takeOff();
    }
    await this.#flight.landed;
  }

  /** What the source remembers, as of now. */
  status(): KeySourceStatus {
    this.#observe();
    return describeState(this.#state, this.#parts.location.known());
  }

  #take(query: KeyQuery, patience: Patience): LookupStep {
    const now = this.#observe();
    const { limits } = this.#parts;
    const step = planLookup({ state: this.#state, query, patience, now, limits });
    if (step.fetch) {
      this.#flight ??= this.#takeOff();
    }
    return step;
  }

  #takeOff(): Flight {
    this.#state = beginFetch(this.#state, this.#state.seenAt);
    const { staleWaitMilliseconds } = this.#parts.limits;
    const end = new AbortController();
    const landed = this.#fetch().finally(() => end.abort());
    let delayed: Promise<void> | undefined;
    return {
      landed,
      delayed: () => {
        delayed ??= Promise.race([landed, this.#parts.wait(staleWaitMilliseconds, end.signal)]);
        return delayed;
      },
    };
  }

  async #fetch(): Promise<void> {
    const loaded = await this.#parts.load();
    const now = this.#observe();
    const { limits, random, onFetched } = this.#parts;
    this.#state = endFetch(this.#state, { loaded, chance: random() }, { now, limits });
    this.#flight = undefined;
    onFetched(this.status());
  }

  #observe(): number {
    this.#state = observeTime(this.#state, this.#parts.clock().getTime());
    return this.#state.seenAt;
  }
}
