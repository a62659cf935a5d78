import type { Storage } from "@byot/storage";
import { describeStorage } from "@byot/storage-conformance";
import { openSqliteStorage } from "@byot/storage-sqlite";
import { freshDatabasePath } from "./fresh-folder.js";

const paths = new WeakMap<Storage, string>();

async function openOnDisk(path: string): Promise<Storage> {
  const storage = openSqliteStorage({ path });
  paths.set(storage, path);
  return storage;
}

describeStorage("sqlite in memory", {
  open: async () => openSqliteStorage({ path: ":memory:" }),
});

describeStorage("sqlite on disk", {
  open: () => openOnDisk(freshDatabasePath()),
  reopen: (closed) => openOnDisk(paths.get(closed) ?? "never opened"),
});
