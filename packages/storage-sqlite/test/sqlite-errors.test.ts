import { StorageError } from "@byot/storage";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { toStorageError } from "../src/sqlite-errors.js";

test.each([
  ["SQLITE_BUSY", "UNAVAILABLE"],
  ["SQLITE_BUSY_SNAPSHOT", "UNAVAILABLE"],
  ["SQLITE_LOCKED", "UNAVAILABLE"],
  ["SQLITE_FULL", "UNAVAILABLE"],
  ["SQLITE_READONLY", "UNAVAILABLE"],
  ["SQLITE_READONLY_DBMOVED", "UNAVAILABLE"],
  ["SQLITE_IOERR_FSYNC", "UNAVAILABLE"],
  ["SQLITE_CANTOPEN", "UNAVAILABLE"],
  ["SQLITE_CORRUPT", "CORRUPT"],
  ["SQLITE_CORRUPT_INDEX", "CORRUPT"],
  ["SQLITE_NOTADB", "CORRUPT"],
  ["SQLITE_ERROR", "CORRUPT"],
])("makes %s of SQLite a `StorageError` with code %s", (sqliteCode, code) => {
  const cause = new Database.SqliteError("from SQLite", sqliteCode);
  const error = toStorageError(cause);
  expect(error).toBeInstanceOf(StorageError);
  expect(error).toMatchObject({ code, cause });
  expect(error.message).toContain(`\`${sqliteCode}\``);
});

test("keeps SQLite's own error as the cause, not what was wrapped around it", () => {
  const cause = new Database.SqliteError("from SQLite", "SQLITE_FULL");
  const wrapped = new RangeError("insert into … params: ada", { cause });
  expect(toStorageError(wrapped)).toMatchObject({ code: "UNAVAILABLE", cause });
});

test("makes a stored value that is not JSON `CORRUPT`", () => {
  const error = toStorageError(new SyntaxError("unexpected `alice`"));
  expect(error).toMatchObject({ code: "CORRUPT", message: "a stored value is not JSON" });
  expect(error.cause).toBeUndefined();
});

test("leaves every other error as it is", () => {
  const misuse = new TypeError("a change set needs at least one write");
  expect(toStorageError(misuse)).toBe(misuse);
  const decided = new StorageError("ALREADY_EXISTS", "taken", {
    cause: new Database.SqliteError("unique", "SQLITE_CONSTRAINT_UNIQUE"),
  });
  expect(toStorageError(decided)).toBe(decided);
});
