import { type KeySourceState, phaseOf } from "./key-source-state.js";
import type { KeySourceStatus } from "./key-source-status.js";

/** Describes what a remote source remembers to those who run it. */
export function describeState(state: KeySourceState, jwksUri: string | undefined): KeySourceStatus {
  const { held, failure, backOffUntil, failures, fetches, fetching, seenAt } = state;
  return Object.freeze<KeySourceStatus>({
    state: phaseOf(state, seenAt),
    ...(jwksUri === undefined ? {} : { jwksUri }),
    ...(held === undefined ? {} : { ageSeconds: Math.floor((seenAt - held.askedAt) / 1000) }),
    keys: held?.keys.served ?? [],
    droppedKeys: held?.keys.dropped ?? [],
    ...(failure === undefined ? {} : { failure }),
    failures,
    fetches,
    fetching,
    ...(backOffUntil === undefined ? {} : { nextAttemptAt: new Date(Math.ceil(backOffUntil)) }),
  });
}
