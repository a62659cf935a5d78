import type { Page, PageRequest } from "@byot/storage";
import { expect } from "vitest";

/** Reads a list page by page to its end; every page but the last is full. */
export async function everyPage<Item>(
  limit: number,
  read: (page: PageRequest) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  let page = await read({ limit });
  const items = [...page.items];
  while (page.nextCursor !== null) {
    expect(page.items).toHaveLength(limit);
    page = await nextPage(limit, page.nextCursor, read);
    items.push(...page.items);
  }
  expect(page.items.length).toBeLessThanOrEqual(limit);
  return items;
}

async function nextPage<Item>(
  limit: number,
  cursor: string,
  read: (page: PageRequest) => Promise<Page<Item>>,
): Promise<Page<Item>> {
  const page = await read({ limit, cursor });
  // A list never says that there is more when there is nothing.
  expect(page.items).not.toHaveLength(0);
  expect(page.nextCursor).not.toBe(cursor);
  return page;
}
