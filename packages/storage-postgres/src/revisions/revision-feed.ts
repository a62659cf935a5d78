import { StorageError, type RevisionChange } from "@byot/storage";
import { toStorageError } from "../postgres-errors.js";
import type { CompleteOptions } from "../storage-options.js";
import { createRepeater } from "./repeater.js";
import { createRevisionSource } from "./revision-source.js";

/** Tells of every change of a revision, whoever made it. */
export interface RevisionFeed {
  /** Tells of a change that was made through this storage and is committed. */
  tell(change: RevisionChange): void;
  /** How long ago it was last certain that everything had been told, in milliseconds. */
  millisSinceConfirmed(): number;
  /** Tells nothing any more, and ends its connection. Never rejects. */
  stop(): Promise<void>;
}

/** What a feed is made with. */
export interface RevisionFeedParts {
  /** Where to ask, and how often. */
  readonly options: CompleteOptions;
  /** Tells the listeners. */
  readonly announce: (change: RevisionChange) => void;
  /** A clock that is never set, in milliseconds. */
  readonly monotonicMillis: () => number;
}

const reconnectMillis = 250;

/**
 * Starts telling. A notification makes it ask at once; it asks every so often anyway, since notifications get lost with
 * their connection.
 *
 * @throws Error of the database when it cannot be asked now.
 */
export async function startRevisionFeed(parts: RevisionFeedParts): Promise<RevisionFeed> {
  const { options, announce, monotonicMillis } = parts;
  // The last revision that this connection was told of each workspace: whatever hears of a change first, tells.
  const told = new Map<string, number>();
  let confirmedAt = monotonicMillis();
  let isStopped = false;

  function tell(change: RevisionChange): void {
    if (!isStopped && change.revision > (told.get(change.workspaceId) ?? 0)) {
      told.set(change.workspaceId, change.revision);
      announce(change);
    }
  }

  function report(error: unknown): void {
    const failure = toStorageError(error);
    if (!isStopped && failure instanceof StorageError) {
      options.onBackgroundError(failure);
    }
  }

  const source = createRevisionSource(options, {
    onNotification: () => repeater.now(),
    onLost(error) {
      report(error);
      repeater.now();
    },
  });
  const repeater = createRepeater({
    async work() {
      const askedAt = monotonicMillis();
      const { changes, isWhole } = await source.ask();
      if (isWhole) {
        // SECURITY: a standby that took over may lack the last changes, and number others the same. Whoever keeps
        // something of a workspace has to read it again, also at a revision that was told or at one below.
        told.clear();
      }
      changes.forEach(tell);
      confirmedAt = askedAt;
    },
    onError: report,
    intervalMillis: options.pollIntervalMillis,
    retryMillis: Math.min(reconnectMillis, options.pollIntervalMillis),
  });
  await repeater.start();
  return {
    tell,
    millisSinceConfirmed: () => monotonicMillis() - confirmedAt,
    stop() {
      isStopped = true;
      repeater.stop();
      return source.end();
    },
  };
}
