import type { Page, PageRequest } from "./page.js";

/** Where one kind of configured thing is read. They are written by {@link Storage.apply}. */
export interface ConfiguredStore<Item> {
  /**
   * Resolves to `undefined` when the workspace has nothing under that key, or does not exist.
   * Keys are compared byte for byte: `Orders` is not `orders`.
   */
  find(workspaceId: string, key: string): Promise<Item | undefined>;

  /**
   * Everything of this kind in the workspace, ordered by key; an unknown workspace has none. Here and everywhere, the
   * order of keys is that of their UTF-8 bytes.
   */
  list(workspaceId: string, page: PageRequest): Promise<Page<Item>>;
}
