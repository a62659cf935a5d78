import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { StorageError } from "@byot/storage";
import { openSqliteStorage } from "@byot/storage-sqlite";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { completeOptions } from "../src/sqlite-storage-options.js";
import { freshDatabasePath, freshFolder } from "./fresh-folder.js";
import { at, decision, newResource, newWorkspace } from "./sample-changes.js";

const modeBits = 0o777;

function modeOf(path: string): string {
  return (statSync(path).mode & modeBits).toString(8);
}

function refusalOf(open: () => unknown): unknown {
  try {
    open();
  } catch (error) {
    return error;
  }
  return "opened";
}

describe("the files", () => {
  test("are two: the decision log is apart from the rest", async () => {
    const path = freshDatabasePath();
    const storage = openSqliteStorage({ path });
    await storage.close();
    expect(readdirSync(dirname(path)).toSorted()).toEqual(["byot-decisions.db", "byot.db"]);
  });

  test.each([
    ["byot.db", "byot-decisions.db"],
    ["byot", "byot-decisions"],
    ["my.byot.sqlite", "my.byot-decisions.sqlite"],
    [".byot", ".byot-decisions"],
  ])("of `%s` have the decision log in `%s`", async (name, decisionsName) => {
    const folder = freshFolder();
    await openSqliteStorage({ path: join(folder, name) }).close();
    expect(existsSync(join(folder, decisionsName))).toBe(true);
  });

  test("can have the decision log wherever it is wanted", async () => {
    const path = freshDatabasePath();
    const decisionsPath = join(freshFolder(), "log.db");
    const storage = openSqliteStorage({ path, decisionsPath });
    await storage.decisionLog.append([decision("1")]);
    await storage.close();
    expect(readdirSync(dirname(path))).toEqual(["byot.db"]);
    expect(statSync(decisionsPath).size).toBeGreaterThan(0);
  });

  test.skipIf(process.platform === "win32")(
    "are readable by their owner alone, those beside them too",
    async () => {
      const path = freshDatabasePath();
      const storage = openSqliteStorage({ path });
      await storage.apply(newWorkspace("acme"));
      await storage.decisionLog.append([decision("1")]);
      const modes = readdirSync(dirname(path)).map((name) => modeOf(join(dirname(path), name)));
      await storage.close();
      expect(modes).toEqual(["600", "600", "600", "600", "600", "600"]);
    },
  );

  test.skipIf(process.platform === "win32")("that exist keep the mode they have", async () => {
    const path = freshDatabasePath();
    await openSqliteStorage({ path }).close();
    chmodSync(path, 0o640);
    await openSqliteStorage({ path }).close();
    expect(modeOf(path)).toBe("640");
  });

  test("are left out when everything is kept in memory", async () => {
    const storage = openSqliteStorage({ path: ":memory:" });
    await storage.decisionLog.append([decision("1")]);
    expect(existsSync(":memory:")).toBe(false);
    await storage.close();
  });

  test("are in WAL mode, so that readers and the writer do not wait for each other", async () => {
    const path = freshDatabasePath();
    await openSqliteStorage({ path }).close();
    for (const file of [path, path.replace(".db", "-decisions.db")]) {
      const client = new Database(file, { readonly: true });
      expect(client.pragma("journal_mode", { simple: true })).toBe("wal");
      client.close();
    }
  });
});

describe("options", () => {
  test.each([
    ["an empty path", { path: "" }],
    ["a blank path", { path: " " }],
    ["white space around a path", { path: "byot.db\n" }],
    ["an empty path of the decision log", { path: ":memory:", decisionsPath: "" }],
    ["one file for both", { path: "byot.db", decisionsPath: "byot.db" }],
    ["a negative time to wait", { path: ":memory:", busyTimeoutMillis: -1 }],
    ["a time to wait of more than a minute", { path: ":memory:", busyTimeoutMillis: 60_001 }],
    ["a time to wait that is no whole number", { path: ":memory:", busyTimeoutMillis: 0.5 }],
    ["a negative time of the log", { path: ":memory:", decisionsBusyTimeoutMillis: -1 }],
    ["an endless time of the log", { path: ":memory:", decisionsBusyTimeoutMillis: Infinity }],
    ["no time between two looks", { path: ":memory:", watchIntervalMillis: 0 }],
  ])("with %s are a `TypeError`", (_, options) => {
    expect(() => openSqliteStorage(options)).toThrow(TypeError);
  });
});

describe("an append that finds the log locked", () => {
  test.each([
    ["half a second", {}, 500],
    ["as long as everything else, if that is less", { busyTimeoutMillis: 200 }, 200],
    ["as long as it is told", { decisionsBusyTimeoutMillis: 2000 }, 2000],
  ])("waits %s", (_, options, millis) => {
    const { decisionsBusyTimeoutMillis } = completeOptions({ path: "byot.db", ...options });
    expect(decisionsBusyTimeoutMillis).toBe(millis);
  });
});

describe("opening", () => {
  test("twice migrates once and keeps what is stored", async () => {
    const path = freshDatabasePath();
    const first = openSqliteStorage({ path });
    await first.apply(newWorkspace("acme"));
    await first.close();
    const second = openSqliteStorage({ path });
    expect(await second.revision("acme")).toBe(1);
    await second.close();
    const client = new Database(path);
    const migrations = client.prepare("SELECT count(*) FROM __drizzle_migrations").pluck().get();
    client.close();
    expect(migrations).toBe(
      readdirSync(join(import.meta.dirname, "../migrations/configuration")).filter((name) =>
        name.endsWith(".sql"),
      ).length,
    );
  });

  test.each(["byot.db", "byot-decisions.db"])(
    "refuses a `%s` that was written by a newer version",
    async (name) => {
      const path = freshDatabasePath();
      await openSqliteStorage({ path }).close();
      const client = new Database(join(dirname(path), name));
      client.exec(
        "INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('later', 99999999999999)",
      );
      client.close();
      const error = refusalOf(() => openSqliteStorage({ path }));
      expect(error).toBeInstanceOf(StorageError);
      expect(error).toMatchObject({ code: "CORRUPT" });
      expect(String(error)).toMatch(/newer version.*`99999999999999`/);
    },
  );

  test("refuses a decision log in the place of the configuration", async () => {
    const path = freshDatabasePath();
    await openSqliteStorage({ path }).close();
    const swapped = freshDatabasePath();
    copyFileSync(path.replace(".db", "-decisions.db"), swapped);
    expect(refusalOf(() => openSqliteStorage({ path: swapped }))).toMatchObject({
      code: "CORRUPT",
    });
  });

  test("refuses a file that is not a database", () => {
    const path = freshDatabasePath();
    writeFileSync(path, "not a database at all, but long enough to have a header\n".repeat(99));
    const error = refusalOf(() => openSqliteStorage({ path }));
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({ code: "CORRUPT", cause: { code: "SQLITE_NOTADB" } });
  });

  test("refuses a folder that does not exist", () => {
    const path = join(freshFolder(), "absent", "byot.db");
    const error = refusalOf(() => openSqliteStorage({ path }));
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({ code: "UNAVAILABLE", cause: { code: "ENOENT" } });
    expect(existsSync(dirname(path))).toBe(false);
  });

  test("refuses a folder in the place of a file", () => {
    const path = freshDatabasePath();
    mkdirSync(path);
    expect(refusalOf(() => openSqliteStorage({ path }))).toMatchObject({ code: "UNAVAILABLE" });
  });

  test("that fails on the decision log lets go of the configuration", async () => {
    const path = freshDatabasePath();
    const decisionsPath = join(freshFolder(), "absent", "log.db");
    expect(refusalOf(() => openSqliteStorage({ path, decisionsPath }))).toMatchObject({
      code: "UNAVAILABLE",
    });
    const client = new Database(path);
    // Only the last connection can leave WAL mode.
    expect(client.pragma("journal_mode = DELETE", { simple: true })).toBe("delete");
    client.close();
  });
});

describe("what is stored", () => {
  test("survives an end without `close`", async () => {
    const path = freshDatabasePath();
    const lost = openSqliteStorage({ path });
    await lost.apply(newWorkspace("acme"));
    await lost.decisionLog.append([decision("1")]);
    // The files as they are at this moment are what a killed process leaves behind.
    const left = freshFolder();
    for (const name of readdirSync(dirname(path))) {
      copyFileSync(join(dirname(path), name), join(left, name));
    }
    const found = openSqliteStorage({ path: join(left, "byot.db") });
    expect(await found.revision("acme")).toBe(1);
    expect(await found.decisionLog.find("acme", "1")).toEqual(decision("1"));
    await found.close();
    await lost.close();
  });

  test.each([
    ["is not JSON", "{"],
    ["is of another kind", '{"document":{"name":"orders"}}'],
    ["is not an object", "null"],
  ])("is refused with `CORRUPT` when a value %s", async (_, value) => {
    const path = freshDatabasePath();
    const storage = openSqliteStorage({ path });
    await storage.apply(newWorkspace("acme"));
    await storage.apply(newResource("orders"));
    const client = new Database(path);
    client.prepare("UPDATE resources SET value = ?").run(value);
    client.close();
    await expect(storage.resources.find("acme", "orders")).rejects.toMatchObject({
      name: "StorageError",
      code: "CORRUPT",
    });
    await expect(storage.readConfiguration("acme")).rejects.toMatchObject({ code: "CORRUPT" });
    await storage.close();
  });

  test("is refused with `CORRUPT` when a table is missing", async () => {
    const path = freshDatabasePath();
    const storage = openSqliteStorage({ path });
    const client = new Database(path);
    client.exec("DROP TABLE api_keys");
    client.close();
    await expect(storage.apiKeys.find("ci")).rejects.toMatchObject({ code: "CORRUPT" });
    await storage.close();
  });

  test("is kept in UTC milliseconds", async () => {
    const path = freshDatabasePath();
    const storage = openSqliteStorage({ path });
    await storage.apply(newWorkspace("acme"));
    await storage.close();
    const client = new Database(path);
    expect(client.prepare("SELECT created_at FROM workspaces").pluck().get()).toBe(at.getTime());
    client.close();
  });
});
