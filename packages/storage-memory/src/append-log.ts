import {
  pageOf,
  rowsToRead,
  StorageError,
  unknownCursor,
  type Page,
  type PageRequest,
} from "@byot/storage";

/** Records of all workspaces, in the order of their appending. */
export interface AppendLog<Entry> {
  /** Adds records, all or none. */
  append(entries: readonly Entry[]): void;
  /** The record of that id in the workspace's part of the log. */
  find(workspaceId: string, id: string): Entry | undefined;
  /** The matching records of a workspace, the last one first. */
  list(workspaceId: string, page: PageRequest, matches: (entry: Entry) => boolean): Page<Entry>;
}

/**
 * Makes an empty log.
 *
 * @param idOf - Reads the id of a record, which is unique over all workspaces.
 */
export function createAppendLog<Entry extends { readonly workspaceId: string }>(
  idOf: (entry: Entry) => string,
): AppendLog<Entry> {
  const takenIds = new Set<string>();
  const entriesOf = new Map<string, Entry[]>();
  const positionsOf = new Map<string, Map<string, number>>();

  function add(entry: Entry): void {
    const entries = memberOf(entriesOf, entry.workspaceId, () => []);
    const positions = memberOf(positionsOf, entry.workspaceId, () => new Map());
    takenIds.add(idOf(entry));
    positions.set(idOf(entry), entries.length);
    entries.push(entry);
  }

  function startBefore(workspaceId: string, cursor: string | undefined): number {
    if (cursor === undefined) {
      return entriesOf.get(workspaceId)?.length ?? 0;
    }
    const position = positionsOf.get(workspaceId)?.get(cursor);
    if (position === undefined) {
      throw unknownCursor(cursor);
    }
    return position;
  }

  return {
    append(entries) {
      const copies = structuredClone(entries);
      checkNewIds(takenIds, copies.map(idOf));
      copies.forEach(add);
    },
    find(workspaceId, id) {
      const position = positionsOf.get(workspaceId)?.get(id);
      return position === undefined
        ? undefined
        : structuredClone(entriesOf.get(workspaceId)?.[position]);
    },
    list(workspaceId, page, matches) {
      const wanted = rowsToRead(page);
      const earlier = (entriesOf.get(workspaceId) ?? []).slice(
        0,
        startBefore(workspaceId, page.cursor),
      );
      const found = earlier.toReversed().filter(matches).slice(0, wanted);
      return structuredClone(pageOf(found, page.limit, idOf));
    },
  };
}

function checkNewIds(takenIds: ReadonlySet<string>, ids: readonly string[]): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (takenIds.has(id) || seen.has(id)) {
      throw new StorageError("ALREADY_EXISTS", `\`${id}\` is already in the log`);
    }
    seen.add(id);
  }
}

function memberOf<Member>(members: Map<string, Member>, key: string, create: () => Member): Member {
  const member = members.get(key) ?? create();
  members.set(key, member);
  return member;
}
