import type { Page, PageRequest } from "./page.js";
import { StorageError } from "./storage-error.js";

const largestPage = 200;

/**
 * How many rows to read for a page: one more than wanted, which tells whether there is a next page.
 *
 * @throws TypeError when the limit is not a whole number from 1 to 200.
 */
export function rowsToRead({ limit }: PageRequest): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > largestPage) {
    throw new TypeError(
      `the limit of a page is a whole number from 1 to ${largestPage}, not ${limit}`,
    );
  }
  return limit + 1;
}

/**
 * Makes a page of the {@link rowsToRead} rows that follow a cursor.
 *
 * @param rows - At most one more than the limit, in the order of the list.
 * @param limit - The most items to answer.
 * @param cursorOf - Names the place behind an item.
 */
export function pageOf<Item>(
  rows: readonly Item[],
  limit: number,
  cursorOf: (last: Item) => string,
): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null,
  };
}

/** The error for a cursor that no page of the list can have given. */
export function unknownCursor(cursor: string): StorageError {
  return new StorageError("NOT_FOUND", `no page of this list ends at the cursor \`${cursor}\``);
}
