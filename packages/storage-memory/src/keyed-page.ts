import { compareKeys, pageOf, rowsToRead, type Page, type PageRequest } from "@byot/storage";

/** The part of a list, ordered by key, that follows the cursor; a cursor is the last key of a page. */
export function keyedPage<Item>(
  items: Iterable<Item>,
  page: PageRequest,
  keyOf: (item: Item) => string,
): Page<Item> {
  const wanted = rowsToRead(page);
  const { cursor } = page;
  const following = [...items]
    .filter((item) => cursor === undefined || compareKeys(keyOf(item), cursor) > 0)
    .toSorted((left, right) => compareKeys(keyOf(left), keyOf(right)));
  return pageOf(following.slice(0, wanted), page.limit, keyOf);
}
