import type { Limits } from "../limits.js";
import type { KeyFailure } from "./key-failure.js";
import type { KeySet } from "./key-set.js";

/**
 * How usable the keys of a source are: none yet, young, old but serving while their issuer can not be
 * asked, or too old to serve at all.
 */
export type KeySourcePhase = "empty" | "fresh" | "stale" | "expired";

/** Everything a key source remembers. A value: every event makes a new one. Times are in ms since 1970. */
export interface KeySourceState {
  /** The keys of the last good answer. */
  readonly held?: HeldKeys;
  /** What went wrong; present when the last attempt failed. */
  readonly failure?: KeyFailure;
  /** How many attempts have failed since the last good one. */
  readonly failures: number;
  /** When the last attempt began. */
  readonly attemptedAt?: number;
  /** After a failure, until when the issuer is left alone. */
  readonly backOffUntil?: number;
  /** Whether an attempt is under way. */
  readonly fetching: boolean;
  /** How many attempts there were. */
  readonly fetches: number;
  /** The latest time that was seen. */
  readonly seenAt: number;
}

/** A good answer. */
export interface HeldKeys {
  /** The keys, all of them from one answer. */
  readonly keys: KeySet;
  /** When they were asked for. */
  readonly askedAt: number;
  /** When they are fetched again. */
  readonly softEndsAt: number;
  /** When they stop serving. */
  readonly hardEndsAt: number;
}

/** Before the first use. */
export const emptyState: KeySourceState = {
  failures: 0,
  fetching: false,
  fetches: 0,
  seenAt: Number.NEGATIVE_INFINITY,
};

/** Tells how usable the keys are now. */
export function phaseOf({ held }: KeySourceState, now: number): KeySourcePhase {
  if (held === undefined) {
    return "empty";
  }
  if (now >= held.hardEndsAt) {
    return "expired";
  }
  return now >= held.softEndsAt ? "stale" : "fresh";
}

/** A step back of the clock that is no mere correction, in ms. */
const largestCorrection = 1000;

/**
 * Takes note of the time. A clock that was set back must not make keys younger, nor keep the issuer from
 * being asked: everything moves back with it. How long it really stood still nobody knows, so after more
 * than a correction the keys count as stale.
 */
export function observeTime(state: KeySourceState, now: number): KeySourceState {
  const step = state.seenAt - now;
  if (step === 0) {
    return state;
  }
  return step > 0 ? moveBack(state, step) : { ...state, seenAt: now };
}

function moveBack(state: KeySourceState, step: number): KeySourceState {
  const { held, attemptedAt, backOffUntil, seenAt } = state;
  const now = seenAt - step;
  return {
    ...state,
    seenAt: now,
    ...(held === undefined ? {} : { held: moveKeysBack(held, step, now) }),
    ...(attemptedAt === undefined ? {} : { attemptedAt: attemptedAt - step }),
    ...(backOffUntil === undefined ? {} : { backOffUntil: backOffUntil - step }),
  };
}

function moveKeysBack(held: HeldKeys, step: number, now: number): HeldKeys {
  const softEndsAt = held.softEndsAt - step;
  return {
    keys: held.keys,
    askedAt: held.askedAt - step,
    softEndsAt: step > largestCorrection ? Math.min(softEndsAt, now) : softEndsAt,
    hardEndsAt: held.hardEndsAt - step,
  };
}

/** The life of keys that were asked for at that moment, by the `max-age` of their answer. */
export function holdKeys(
  keys: KeySet,
  { askedAt, maxAgeSeconds }: { readonly askedAt: number; readonly maxAgeSeconds?: number },
  limits: Limits,
): HeldKeys {
  const { shortestSoftLifeSeconds, longestSoftLifeSeconds, hardLifeSeconds } = limits;
  const softLife =
    maxAgeSeconds === undefined
      ? limits.softLifeSeconds
      : Math.max(shortestSoftLifeSeconds, Math.min(longestSoftLifeSeconds, maxAgeSeconds));
  return {
    keys,
    askedAt,
    softEndsAt: askedAt + softLife * 1000,
    hardEndsAt: askedAt + Math.max(softLife, hardLifeSeconds) * 1000,
  };
}
