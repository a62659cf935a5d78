import type { RevisionChange, RevisionWatch } from "@byot/storage";
import { workspaceRevisions } from "./configuration-schema.js";
import type { SqliteDatabase } from "./open-database.js";

/** Hears of the changes that other connections make, by looking. */
export interface ForeignChanges {
  /** Looks now, and announces every revision that nobody has been told of. */
  look(): void;
  /** Takes note of a change that was made and announced here. */
  note(change: RevisionChange): void;
  /** How long ago it last looked and saw, in milliseconds. */
  millisSinceLook(): number;
}

/** What it takes to hear of foreign changes. */
export interface ForeignChangesParts {
  /** The configuration. */
  readonly database: SqliteDatabase;
  /** Tells the listeners. */
  readonly revisions: RevisionWatch;
  /** Milliseconds since some moment; never goes back. */
  readonly monotonicMillis: () => number;
}

/**
 * Begins to look for foreign changes: what is there now is known.
 *
 * @throws SqliteError when the database cannot be read.
 */
export function createForeignChanges(parts: ForeignChangesParts): ForeignChanges {
  const { database, revisions, monotonicMillis } = parts;
  // Before the first reading: a change between the two is read twice rather than never.
  let seenVersion = dataVersion(database);
  const known = new Map(readRevisions(database));
  let lookedAt = monotonicMillis();

  function announceNew(): void {
    for (const [workspaceId, revision] of readRevisions(database)) {
      if (known.get(workspaceId) !== revision) {
        known.set(workspaceId, revision);
        revisions.announce({ workspaceId, revision });
      }
    }
  }

  return {
    look() {
      const startedAt = monotonicMillis();
      try {
        const version = dataVersion(database);
        if (version !== seenVersion) {
          announceNew();
          seenVersion = version;
        }
        lookedAt = startedAt;
      } catch {
        // What could not be read now is looked for the next time; how long that lasts can be asked.
      }
    },
    note({ workspaceId, revision }) {
      known.set(workspaceId, revision);
    },
    millisSinceLook: () => monotonicMillis() - lookedAt,
  };
}

/** A number that changes whenever another connection has committed; it costs next to nothing to read. */
function dataVersion(database: SqliteDatabase): unknown {
  return database.$client.pragma("data_version", { simple: true });
}

/** The highest revisions, those of deleted workspaces too: a deletion raises one. */
function readRevisions(database: SqliteDatabase): readonly (readonly [string, number])[] {
  return database
    .select()
    .from(workspaceRevisions)
    .all()
    .map(({ workspaceId, revision }) => [workspaceId, revision] as const);
}
