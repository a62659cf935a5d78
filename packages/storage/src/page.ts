/** Which part of a list is wanted. */
export interface PageRequest {
  /** The most items to answer, 1–200. */
  readonly limit: number;
  /** The `nextCursor` of the page before; absent for the first page. Only the adapter that made it can read it. */
  readonly cursor?: string;
}

/** One part of a list. */
export interface Page<Item> {
  /** The items, in the order that the method promises. */
  readonly items: readonly Item[];
  /** Where the next page starts, or `null` when this was the last one. */
  readonly nextCursor: string | null;
}
