import type { Limits } from "../limits.js";
import type { KeyFailure } from "./key-failure.js";
import type { KeyLookup, KeyQuery, VerificationKey } from "./key-source.js";
import { type KeySourcePhase, type KeySourceState, phaseOf } from "./key-source-state.js";

/** What somebody who looks for a key has already waited for: nothing, the short wait, or the whole fetch. */
export type Patience = "none" | "short" | "whole";

/** What to do about a lookup: first begin a fetch or not, then answer, or wait and ask again. */
export interface LookupStep {
  /** Whether a fetch has to begin now. */
  readonly fetch: boolean;
  /** What comes of the lookup. */
  readonly outcome: KeyLookup | Exclude<Patience, "none">;
}

/** The circumstances of one lookup. */
interface Lookup {
  readonly state: KeySourceState;
  readonly query: KeyQuery;
  readonly patience: Patience;
  readonly now: number;
  readonly limits: Limits;
}

/** Decides what to do about a lookup. Touches nothing. */
export function planLookup(lookup: Lookup): LookupStep {
  return lookup.patience === "whole"
    ? { fetch: false, outcome: answer(lookup) }
    : steps[phaseOf(lookup.state, lookup.now)](lookup);
}

/** The key that a lookup is given at this moment, if no waiting comes before it. */
export function findServedKey(
  { held }: KeySourceState,
  query: KeyQuery,
  now: number,
): VerificationKey | undefined {
  return held !== undefined && now < held.hardEndsAt ? held.keys.find(query) : undefined;
}

/** In how many milliseconds the issuer may be asked, with back-off alone; 0 = now. */
export function backOffLeft({ failure, backOffUntil = 0 }: KeySourceState, now: number): number {
  return failure === undefined ? 0 : Math.max(0, backOffUntil - now);
}

const steps: Readonly<Record<KeySourcePhase, (lookup: Lookup) => LookupStep>> = {
  empty: fetchFirst,
  expired: fetchFirst,
  stale: fetchBriefly,
  fresh: serve,
};

/** Nothing can serve: somebody has to fetch, and everybody waits until that is over. */
function fetchFirst(lookup: Lookup): LookupStep {
  const { state, now } = lookup;
  if (state.fetching) {
    return { fetch: false, outcome: "whole" };
  }
  return backOffLeft(state, now) === 0
    ? { fetch: true, outcome: "whole" }
    : { fetch: false, outcome: answer(lookup) };
}

/**
 * SECURITY: old keys serve only after a fetch failed or took too long. Served at once, they would let a
 * source that nobody used for a while go on accepting keys that were withdrawn long ago.
 */
function fetchBriefly(lookup: Lookup): LookupStep {
  const { state, patience, now } = lookup;
  if (patience === "none" && state.fetching) {
    return { fetch: false, outcome: "short" };
  }
  return patience === "none" && backOffLeft(state, now) === 0
    ? { fetch: true, outcome: "short" }
    : serve(lookup);
}

function serve(lookup: Lookup): LookupStep {
  const { state, query, now } = lookup;
  if (findServedKey(state, query, now) !== undefined) {
    return { fetch: isRefreshDue(lookup), outcome: answer(lookup) };
  }
  // Without a `kid` the answer depends on the number of keys, which is no reason to ask again.
  if (query.kid === undefined) {
    return { fetch: false, outcome: answer(lookup) };
  }
  if (state.fetching) {
    return { fetch: false, outcome: "whole" };
  }
  return refetchLeft(lookup) === 0
    ? { fetch: true, outcome: "whole" }
    : { fetch: false, outcome: answer(lookup) };
}

/** Keys in use are fetched again before anybody has to wait for it. */
function isRefreshDue({ state, now, limits }: Lookup): boolean {
  const { held, fetching } = state;
  if (held === undefined || fetching || backOffLeft(state, now) > 0) {
    return false;
  }
  const softLife = held.softEndsAt - held.askedAt;
  return now >= held.askedAt + (softLife * limits.refreshAheadPercent) / 100;
}

/** In how many milliseconds an unknown key may lead to another fetch; 0 = now. */
function refetchLeft({ state, now, limits }: Lookup): number {
  const { attemptedAt = Number.NEGATIVE_INFINITY } = state;
  const left = attemptedAt + limits.refetchIntervalSeconds * 1000 - now;
  return Math.max(0, left, backOffLeft(state, now));
}

function answer(lookup: Lookup): KeyLookup {
  const { state, query, now } = lookup;
  const key = findServedKey(state, query, now);
  if (key !== undefined) {
    return { status: "found", key };
  }
  const phase = phaseOf(state, now);
  const isServing = phase === "fresh" || phase === "stale";
  const left = isServing ? refetchLeft(lookup) : backOffLeft(state, now);
  const retryAfterSeconds = Math.max(1, Math.ceil(left / 1000));
  // SECURITY: while the issuer can not be asked nobody can tell that a key is not one of its keys.
  const failure = state.failure ?? (isServing ? undefined : cameTooLate);
  return failure === undefined
    ? { status: "unknown", retryAfterSeconds }
    : { status: "unavailable", retryAfterSeconds, failure };
}

/** The clock was set forward while keys were fetched. */
const cameTooLate: KeyFailure = {
  code: "timed_out",
  message: "the keys were too old when they came",
};
