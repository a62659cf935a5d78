import { describeStorage } from "@byot/storage-conformance";
import { openSqliteStorage } from "@byot/storage-sqlite";
import { freshDatabasePath } from "./fresh-folder.js";

const pathOf = new WeakMap<object, string>();

async function openOnDisk(path: string) {
  const storage = openSqliteStorage({ path });
  pathOf.set(storage, path);
  return storage;
}

describeStorage("sqlite in memory", {
  open: async () => openSqliteStorage({ path: ":memory:" }),
});

describeStorage("sqlite on disk", {
  open: () => openOnDisk(freshDatabasePath()),
  reopen: (closed) => openOnDisk(pathOf.get(closed) ?? "never opened"),
});
