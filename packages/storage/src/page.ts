/** Which part of a list is wanted. */
export interface PageRequest {
  /** The most items to answer, a whole number from 1 to 200; anything else is a `TypeError`. */
  readonly limit: number;
  /**
   * The `nextCursor` of the page before; absent for the first page. Only the adapter that made it can read it. One that
   * no page of the same list gave either names a place all the same, where the list goes on, or is refused with code
   * `NOT_FOUND`; it never shows another workspace.
   */
  readonly cursor?: string;
}

/** One part of a list. */
export interface Page<Item> {
  /** The items, in the order that the method promises. */
  readonly items: readonly Item[];
  /** Where the next page starts, or `null` when this was the last one. */
  readonly nextCursor: string | null;
}
