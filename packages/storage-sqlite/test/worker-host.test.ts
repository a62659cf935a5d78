import { StorageError } from "@byot/storage";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { freshFolder } from "./fresh-folder.js";
import type { CallHost } from "../src/workers/call-types.js";
import { packError, unpackError } from "../src/workers/wire-error.js";
import { createWorkerHost } from "../src/workers/worker-host.js";

interface Calls {
  readonly echo: { readonly argument: unknown; readonly answer: unknown };
  readonly die: { readonly argument: undefined; readonly answer: void };
  readonly wait: { readonly argument: undefined; readonly answer: void };
}

const script = `
  import { parentPort } from "node:worker_threads";
  let calls = 0;
  parentPort.on("message", (message) => {
    if (message === null) {
      parentPort.close();
    } else if (message.name === "die") {
      throw new RangeError("died of it");
    } else if (message.name === "echo") {
      calls += 1;
      parentPort.postMessage({ id: message.id, answer: [message.argument, calls] });
    }
  });
`;
// Does not care about being asked to end.
const deafScript = `
  import { parentPort } from "node:worker_threads";
  parentPort.on("message", () => {});
`;

// Answers, and then waits for a lock within one call of SQLite.
function lockedOutScript(path: string): string {
  return `
    import { createRequire } from "node:module";
    import { parentPort } from "node:worker_threads";
    const Database = createRequire(${JSON.stringify(import.meta.url)})("better-sqlite3");
    const database = new Database(${JSON.stringify(path)}, { timeout: 60_000 });
    parentPort.on("message", ({ id }) => {
      parentPort.postMessage({ id, answer: undefined });
      database.exec("BEGIN IMMEDIATE");
    });
  `;
}

function hostOf(source: string, closeWithinMillis = 60_000): CallHost<Calls> {
  return createWorkerHost({
    script: new URL(`data:text/javascript,${encodeURIComponent(source)}`),
    data: {},
    title: "test",
    closeWithinMillis,
  });
}

describe("a thread", () => {
  test("is started for the first call and answers all that follow", async () => {
    const host = hostOf(script);
    expect(await host.call("echo", "first")).toEqual(["first", 1]);
    expect(await host.call("echo", "second")).toEqual(["second", 2]);
    await host.close();
  });

  test("gets copies", async () => {
    const host = hostOf(script);
    const argument = { at: new Date(0), list: ["acme"] };
    const answer = host.call("echo", argument);
    argument.list.push("globex");
    expect(await answer).toEqual([{ at: new Date(0), list: ["acme"] }, 1]);
    await host.close();
  });

  test("that dies rejects all that wait for it, and another one answers the next call", async () => {
    const host = hostOf(script);
    const waiting = [
      host.call("wait", undefined),
      host.call("die", undefined),
      host.call("echo", 1),
    ];
    for (const reason of await Promise.all(waiting.map(rejectionOf))) {
      expect(reason).toBeInstanceOf(StorageError);
      expect(reason).toMatchObject({
        code: "UNAVAILABLE",
        message: "the thread of the test has ended",
      });
      expect(String(reason.cause)).toBe("RangeError: died of it");
    }
    expect(await host.call("echo", "again")).toEqual(["again", 1]);
    await host.close();
  });

  test("whose script is missing rejects the call, and the next one", async () => {
    const host = hostOf("import 'node:no-such-module';");
    await expect(host.call("echo", 1)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(host.call("echo", 2)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await host.close();
  });

  test("is not told what cannot be copied", async () => {
    const host = hostOf(script);
    await expect(host.call("echo", () => undefined)).rejects.toThrow("could not be cloned");
    expect(await host.call("echo", "next")).toEqual(["next", 1]);
    await host.close();
  });

  test("does what it was given before it is closed, and nothing after", async () => {
    const host = hostOf(script);
    const answers = [1, 2, 3].map((n) => host.call("echo", n));
    const closing = host.close();
    await expect(host.call("echo", 4)).rejects.toMatchObject({ code: "CLOSED" });
    await closing;
    expect(await Promise.all(answers)).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  test.each([0, 1])(
    "that does not end by itself is ended after %s ms",
    async (closeWithinMillis) => {
      const host = hostOf(deafScript, closeWithinMillis);
      const waiting = host.call("wait", undefined);
      await Promise.all([
        expect(waiting).rejects.toMatchObject({ code: "UNAVAILABLE" }),
        host.close(),
      ]);
    },
  );

  test("that waits for SQLite, which nothing interrupts, is not waited for when it is closed", async () => {
    const path = join(freshFolder(), "locked.db");
    const holder = new Database(path);
    holder.exec("BEGIN IMMEDIATE");
    const host = hostOf(lockedOutScript(path), 0);
    // From here on it waits for the lock, a minute long.
    await host.call("echo", undefined);
    const waiting = host.call("wait", undefined);
    await Promise.all([
      expect(waiting).rejects.toMatchObject({ code: "UNAVAILABLE" }),
      host.close(),
    ]);
    expect(holder.inTransaction).toBe(true);
    holder.close();
  });

  test("that was never needed is closed without being started", async () => {
    await hostOf("throw new Error('started')").close();
    expect(true).toBe(true);
  });
});

function codeOf(error: Error): unknown {
  return "code" in error ? error.code : undefined;
}

async function rejectionOf(call: Promise<unknown>): Promise<Error> {
  try {
    await call;
  } catch (error) {
    return error instanceof Error ? error : new TypeError("not an error");
  }
  throw new TypeError("it was answered");
}

describe("an error on its way between two threads", () => {
  test("of SQLite becomes a `StorageError` and keeps SQLite's own as its cause", () => {
    const error = unpackError(
      structuredClone(packError(new Database.SqliteError("full", "SQLITE_FULL"))),
    );
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({
      code: "UNAVAILABLE",
      message: "the database cannot be used now: `SQLITE_FULL`",
      cause: { code: "SQLITE_FULL", message: "full" },
    });
    expect(error.cause).toBeInstanceOf(Database.SqliteError);
  });

  test.each([
    new StorageError("ALREADY_EXISTS", "taken"),
    new TypeError("misused"),
    new Error("unknown", { cause: new TypeError("deeper") }),
  ])("keeps its class, code, message and cause: %s", (error) => {
    const arrived = unpackError(structuredClone(packError(error)));
    expect(arrived.constructor).toBe(error.constructor);
    expect(String(arrived)).toBe(String(error));
    expect(String(arrived.cause)).toBe(String(error.cause));
    expect(codeOf(arrived)).toBe(codeOf(error));
  });
});
