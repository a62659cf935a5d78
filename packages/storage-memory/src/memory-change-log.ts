import { randomUUID } from "node:crypto";
import {
  pageOf,
  rowsToRead,
  unknownCursor,
  type ChangeQuery,
  type ChangeRecord,
  type Page,
} from "@byot/storage";

/** The changes of all workspaces; what goes in and out are copies. */
export interface MemoryChangeLog {
  /** Adds a record under a new id. */
  add(change: Omit<ChangeRecord, "changeId">): void;
  /** See `ChangeLog.list`. */
  list(workspaceId: string, query: ChangeQuery): Page<ChangeRecord>;
}

/** A record with its place in the order of all changes. */
interface NumberedChange {
  readonly number: number;
  readonly record: ChangeRecord;
}

const cursorPattern = /^\d{1,15}$/;

/** Makes an empty change log. */
export function createMemoryChangeLog(): MemoryChangeLog {
  const changes = new Map<string, NumberedChange[]>();
  let count = 0;
  return {
    add(change) {
      count += 1;
      const record = structuredClone({ ...change, changeId: randomUUID() });
      const ofWorkspace = changes.get(change.workspaceId) ?? [];
      ofWorkspace.push({ number: count, record });
      changes.set(change.workspaceId, ofWorkspace);
    },
    list(workspaceId, query) {
      const wanted = rowsToRead(query);
      const end = placeOf(query.cursor);
      const found = (changes.get(workspaceId) ?? [])
        .filter(({ number, record }) => number < end && matches(record, query))
        .slice(-wanted)
        .toReversed();
      const page = pageOf(found, query.limit, ({ number }) => String(number));
      return structuredClone({ ...page, items: page.items.map(({ record }) => record) });
    },
  };
}

function placeOf(cursor: string | undefined): number {
  if (cursor === undefined) {
    return Number.POSITIVE_INFINITY;
  }
  if (!cursorPattern.test(cursor)) {
    throw unknownCursor(cursor);
  }
  return Number(cursor);
}

function matches({ kind, key, at }: ChangeRecord, query: ChangeQuery): boolean {
  return (
    kind === (query.kind ?? kind) &&
    key === (query.key ?? key) &&
    at.getTime() >= (query.from ?? at).getTime() &&
    (query.until === undefined || at.getTime() < query.until.getTime())
  );
}
