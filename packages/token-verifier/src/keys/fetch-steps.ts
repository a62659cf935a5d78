import type { Limits } from "../limits.js";
import type { Result } from "../result.js";
import type { KeyFailure } from "./key-failure.js";
import type { KeySet } from "./key-set.js";
import { holdKeys, type KeySourceState } from "./key-source-state.js";

/** A key set as it was loaded. */
export interface LoadedKeys {
  /** The usable keys. */
  readonly keys: KeySet;
  /** The `max-age` of the answer, in seconds, if it had one. */
  readonly maxAgeSeconds?: number;
}

/** What an attempt to fetch came to. */
export interface FetchOutcome {
  /** The keys, or why there are none. */
  readonly loaded: Result<LoadedKeys, KeyFailure>;
  /** A random number of 0 or more and less than 1, which spreads the next attempts of many sources. */
  readonly chance: number;
}

/** Takes note that an attempt begins. */
export function beginFetch(state: KeySourceState, now: number): KeySourceState {
  return { ...state, fetching: true, attemptedAt: now, fetches: state.fetches + 1 };
}

/**
 * Takes note of how an attempt ended.
 *
 * INVARIANT: keys are replaced as a whole and only by a set with a usable key; a failure leaves them alone.
 */
export function endFetch(
  state: KeySourceState,
  { loaded, chance }: FetchOutcome,
  { now, limits }: { readonly now: number; readonly limits: Limits },
): KeySourceState {
  const { fetches, seenAt, attemptedAt = now } = state;
  const counters = { fetching: false, fetches, seenAt, attemptedAt };
  if (loaded.ok) {
    const { keys, ...answer } = loaded.value;
    return {
      ...counters,
      failures: 0,
      held: holdKeys(keys, { askedAt: attemptedAt, ...answer }, limits),
    };
  }
  const failures = state.failures + 1;
  return {
    ...counters,
    ...(state.held === undefined ? {} : { held: state.held }),
    failures,
    failure: loaded.error,
    backOffUntil: now + backOffSeconds(failures, limits) * spread(chance) * 1000,
  };
}

function backOffSeconds(failures: number, limits: Limits): number {
  const { shortestBackOffSeconds, longestBackOffSeconds } = limits;
  return Math.min(longestBackOffSeconds, shortestBackOffSeconds * 2 ** (failures - 1));
}

/** From a half to the whole. */
function spread(chance: number): number {
  return 0.5 + chance / 2;
}
