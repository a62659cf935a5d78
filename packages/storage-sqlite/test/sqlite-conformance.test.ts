import type { Storage } from "@byot/storage";
import { describeStorage } from "@byot/storage-conformance";
import { openSqliteStorage } from "@byot/storage-sqlite";
import { freshDatabasePath } from "./fresh-folder.js";

const paths = new WeakMap<Storage, string>();

async function openOnDisk(path: string): Promise<Storage> {
  const storage = openSqliteStorage({ path, watchIntervalMillis: 20 });
  paths.set(storage, path);
  return storage;
}

function openAgain(storage: Storage): Promise<Storage> {
  return openOnDisk(paths.get(storage) ?? "never opened");
}

describeStorage("sqlite in memory", {
  open: async () => openSqliteStorage({ path: ":memory:" }),
});

describeStorage("sqlite on disk", {
  open: () => openOnDisk(freshDatabasePath()),
  reopen: openAgain,
  openSecond: openAgain,
  // The night has time for a log as long as promised.
  ...(process.env["BYOT_NIGHTLY"] === "1" ? { largeLog: 100_000, timeoutMillis: 300_000 } : {}),
});
