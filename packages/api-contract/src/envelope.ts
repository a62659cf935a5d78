import { z } from "zod";

/** A successful answer. */
export interface DataAnswer<Item> {
  /** What was asked for. */
  readonly data: Item;
}

/** A successful answer with one part of a list. */
export interface PageAnswer<Item> extends DataAnswer<readonly Item[]> {
  /** Where the list goes on. */
  readonly page: {
    /** Send it as `cursor` to get the next part; `null` when this was the last. */
    readonly nextCursor: string | null;
  };
}

/** Reads a {@link DataAnswer}. */
export function dataAnswer<Item>(item: z.ZodType<Item>): z.ZodType<DataAnswer<Item>> {
  return z.strictObject({ data: item });
}

/** Reads a {@link PageAnswer}. */
export function pageAnswer<Item>(item: z.ZodType<Item>): z.ZodType<PageAnswer<Item>> {
  return z.strictObject({
    data: z.array(item),
    page: z.strictObject({ nextCursor: z.string().nullable() }),
  });
}
