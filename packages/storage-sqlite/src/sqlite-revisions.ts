import { performance } from "node:perf_hooks";
import { createRevisionWatch, type RevisionChange, type RevisionListener } from "@byot/storage";
import { createForeignChanges } from "./foreign-changes.js";
import type { SqliteDatabase } from "./open-database.js";

/** Tells of new revisions, whoever made them. */
export interface SqliteRevisions {
  /** Tells of a change that was made through this storage. */
  announce(change: RevisionChange): void;
  /** See `Storage.watchRevisions`. */
  watch(listener: RevisionListener): () => void;
  /** See `Storage.millisSinceConfirmed`. */
  millisSinceConfirmed(): number;
  /** Looks no more for what others change. */
  stop(): void;
}

/** Tells of the changes of a storage that nobody writes beside. */
export function createOwnRevisions(): SqliteRevisions {
  const revisions = createRevisionWatch();
  return { ...revisions, millisSinceConfirmed: () => 0, stop: () => undefined };
}

/**
 * Tells of the changes that other connections make too, because it looks for them again and again. It keeps no process
 * alive.
 */
export function createSharedRevisions(
  database: SqliteDatabase,
  intervalMillis: number,
): SqliteRevisions {
  const revisions = createRevisionWatch();
  const foreign = createForeignChanges({
    database,
    revisions,
    monotonicMillis: () => performance.now(),
  });
  const timer = setInterval(() => foreign.look(), intervalMillis);
  timer.unref();
  return {
    announce(change) {
      foreign.note(change);
      revisions.announce(change);
    },
    watch: (listener) => revisions.watch(listener),
    millisSinceConfirmed: () => foreign.millisSinceLook(),
    stop: () => clearInterval(timer),
  };
}
