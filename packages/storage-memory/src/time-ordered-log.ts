import { compareKeys, type LogPlace } from "@byot/storage";

/** Records of one workspace in the order of their time, those of one millisecond by their id. */
export interface TimeOrderedLog<Entry> {
  /** Adds a record of a new id. */
  add(entry: Entry): void;
  /** The record of that id. */
  find(id: string): Entry | undefined;
  /** Puts a record in the place of the one with the same time and id. */
  replace(entry: Entry): void;
  /** Takes records out. */
  remove(ids: ReadonlySet<string>): void;
  /** The records before a place, or all of them, the last one first. */
  backwards(end: LogPlace | undefined): Iterable<Entry>;
  /** How many there are. */
  size(): number;
}

/**
 * Makes an empty log.
 *
 * @param placeOf - Reads the time and the id of a record.
 */
export function createTimeOrderedLog<Entry>(
  placeOf: (entry: Entry) => LogPlace,
): TimeOrderedLog<Entry> {
  const byId = new Map<string, Entry>();
  let ordered: Entry[] = [];

  function firstNotBefore(place: LogPlace): number {
    let low = 0;
    let high = ordered.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const entry = ordered[middle];
      if (entry !== undefined && comparePlaces(placeOf(entry), place) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  return {
    add(entry) {
      byId.set(placeOf(entry).id, entry);
      ordered.splice(firstNotBefore(placeOf(entry)), 0, entry);
    },
    find: (id) => byId.get(id),
    replace(entry) {
      byId.set(placeOf(entry).id, entry);
      ordered[firstNotBefore(placeOf(entry))] = entry;
    },
    remove(ids) {
      ids.forEach((id) => byId.delete(id));
      ordered = ordered.filter((entry) => !ids.has(placeOf(entry).id));
    },
    *backwards(end) {
      const entries = ordered;
      const start = end === undefined ? entries.length : firstNotBefore(end);
      for (let index = start - 1; index >= 0; index -= 1) {
        const entry = entries[index];
        if (entry !== undefined) {
          yield entry;
        }
      }
    },
    size: () => ordered.length,
  };
}

function comparePlaces(left: LogPlace, right: LogPlace): number {
  return left.at.getTime() - right.at.getTime() || compareKeys(left.id, right.id);
}
