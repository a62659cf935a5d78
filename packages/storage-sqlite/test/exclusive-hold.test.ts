import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { StorageError } from "@byot/storage";
import { openSqliteStorage } from "@byot/storage-sqlite";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { freshDatabasePath } from "./fresh-folder.js";

test("keeps a second storage away from files that one holds exclusively", async () => {
  const path = freshDatabasePath();
  const holder = openSqliteStorage({ path, exclusive: true });

  expect(() => openSqliteStorage({ path, exclusive: true })).toThrow(
    expect.objectContaining({
      code: "UNAVAILABLE",
      message: `\`${path}\` is in use by another process; stop that one, or use another file`,
    }),
  );
  await holder.close();
});

test("lets the next one in when it is closed, and when its process has ended without closing", async () => {
  const path = freshDatabasePath();
  await openSqliteStorage({ path, exclusive: true }).close();
  // What a process that was killed leaves behind: the lock's file, and nobody who holds it.
  expect(existsSync(`${path}-lock`)).toBe(true);

  const next = openSqliteStorage({ path, exclusive: true });

  expect(await next.isReady()).toBe(true);
  await next.close();
});

test("leaves the files readable for tools while it holds them", async () => {
  const path = freshDatabasePath();
  const holder = openSqliteStorage({ path, exclusive: true });

  const tool = new Database(path, { readonly: true });

  expect(tool.pragma("quick_check", { simple: true })).toBe("ok");
  tool.close();
  await holder.close();
});

test("lets go of its hold when the databases cannot be opened", () => {
  const path = freshDatabasePath();
  const decisionsPath = `${path}/no-such-folder/decisions.db`;
  const open = (): unknown => openSqliteStorage({ path, decisionsPath, exclusive: true });

  expect(open).toThrow("cannot be opened");
  expect(open).toThrow("cannot be opened");
});

test("calls a lock file that is no database corrupt, not in use", () => {
  const path = freshDatabasePath();
  writeFileSync(`${path}-lock`, "no database at all\n".repeat(100));

  expect(() => openSqliteStorage({ path, exclusive: true })).toThrow(
    expect.objectContaining({
      constructor: StorageError,
      code: "CORRUPT",
      message: "the database cannot be read back: `SQLITE_NOTADB`",
    }),
  );
});

test("calls a lock file unavailable that cannot be opened, not in use", () => {
  const path = freshDatabasePath();
  mkdirSync(`${path}-lock`);

  expect(() => openSqliteStorage({ path, exclusive: true })).toThrow(
    expect.objectContaining({
      constructor: StorageError,
      code: "UNAVAILABLE",
      message: `the database file \`${path}-lock\` cannot be opened`,
    }),
  );
});

test("calls a lock file unavailable that SQLite cannot open", () => {
  // The operating system takes longer paths than SQLite does.
  const folder = join(
    dirname(freshDatabasePath()),
    ...Array.from({ length: 4 }, () => "x".repeat(200)),
  );
  mkdirSync(folder, { recursive: true });

  expect(() => openSqliteStorage({ path: join(folder, "byot.db"), exclusive: true })).toThrow(
    expect.objectContaining({
      constructor: StorageError,
      code: "UNAVAILABLE",
      message: "the database cannot be used now: `SQLITE_CANTOPEN`",
    }),
  );
});
