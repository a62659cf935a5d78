import type { Page, PageRequest } from "@byot/storage";

const largestPage = 200;

/** Reads a list page by page, each when it is asked for, so that memory stays constant however long the list is. */
export async function* everyPage<Item>(
  read: (request: PageRequest) => Promise<Page<Item>>,
): AsyncGenerator<readonly Item[], undefined> {
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const request = { limit: largestPage, ...(cursor === undefined ? {} : { cursor }) };
    // oxlint-disable-next-line no-await-in-loop -- a page begins where the one before ended
    const page: Page<Item> = await read(request);
    yield page.items;
    cursor = page.nextCursor;
  }
}
