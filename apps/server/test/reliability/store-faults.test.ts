import { execFile } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import {
  type AuditedService,
  configureAcme,
  readDecisionLog,
  startAudited,
  verifyChains,
} from "./audited-service.js";
import { reportFigure } from "./report-figure.js";
import { type AnsweredCheck, isDecided, type Load, startLoad } from "./start-load.js";
import { postgresStore, sqliteStore, type StoreUnderTest } from "./store-under-test.js";

const lockMillis = 2000;
const run = promisify(execFile);
const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanups.splice(0).toReversed()) {
    await cleanUp();
  }
});

/** Gives a configured server on a store. */
async function serviceOn<Store extends StoreUnderTest>(
  open: () => Promise<Store>,
  wrap?: (args: readonly string[]) => readonly string[],
): Promise<{ readonly store: Store; readonly service: AuditedService }> {
  const store = await open();
  cleanups.push(() => store.remove());
  const service = await startAudited(store, wrap);
  cleanups.push(() => service.process.stop());
  await configureAcme(service);
  return { store, service };
}

/** Troubles a server under load, and holds what its callers saw against its log afterwards. */
async function trouble(
  service: AuditedService,
  name: string,
  fault: (load: Load) => Promise<void>,
): Promise<readonly AnsweredCheck[]> {
  const load = startLoad({ url: service.url, callers: 16, endsWithServer: false });
  await load.decided(20);
  await fault(load);
  const over = performance.now();
  const good = await load.nextDecision();
  await load.stop();
  const log = await readDecisionLog(service);
  const decided = load.answers.filter(isDecided);
  const unrecorded = decided.filter(
    ({ decisionId = "", decision }) => log.get(decisionId) !== decision,
  );
  const wrong = decided.filter(({ decision, expected }) => decision !== expected);
  const slowest = Math.max(...load.answers.map(({ millis }) => millis));
  reportFigure(
    `${name}: ${decided.length} decided, ${load.answers.length - decided.length} refused, ${unrecorded.length} unrecorded, ${wrong.length} wrong, slowest answer ${Math.round(slowest)} ms, first good answer ${Math.round(good.at - over)} ms after it was over`,
  );
  expect(unrecorded).toStrictEqual([]);
  expect(wrong).toStrictEqual([]);
  expect(good.at - over).toBeLessThan(5000);
  expect(slowest).toBeLessThan(2000);
  expect(await verifyChains(service)).toMatchObject({ intact: true });
  expect(service.process.stderr()).toBe("");
  return load.answers.filter((answer) => !isDecided(answer));
}

function codesOf(answers: readonly AnsweredCheck[]): readonly string[] {
  return [...new Set(answers.map(({ status, code }) => `${status} ${code}`))];
}

describe("without a record there is no answer", { timeout: 120_000 }, () => {
  test.each([
    { name: "SQLite", open: sqliteStore },
    { name: "PostgreSQL", open: postgresStore },
  ])("while the log is locked for two seconds, on $name", async ({ name, open }) => {
    const { store, service } = await serviceOn<StoreUnderTest>(open);
    const refused = await trouble(service, `${name} locked for ${lockMillis} ms`, () =>
      store.whileLocked(() => pause(lockMillis)),
    );
    expect(codesOf(refused)).toStrictEqual(["503 audit_unavailable"]);
  });

  test("while the disk takes no more, on SQLite", async () => {
    // The limit of a file's size stands for a full disk, and can be lifted while the server runs.
    const { service } = await serviceOn(sqliteStore, (args) => [
      "bash",
      "-c",
      `ulimit -S -f 1200 && exec "$0" --import "data:text/javascript,process.on('SIGXFSZ',()=>{})" "$@"`,
      ...args,
    ]);
    const pid = String(service.process.pid);
    const refused = await trouble(service, "SQLite full", async (load) => {
      await untilRefused(load);
      await run("prlimit", ["--pid", pid, "--fsize=unlimited"]);
    });
    expect(codesOf(refused)).toStrictEqual(["503 audit_unavailable"]);
  });

  test("while PostgreSQL is started again", async () => {
    const { store, service } = await serviceOn(postgresStore);
    const refused = await trouble(service, "PostgreSQL restarted", () => store.restart());
    expect(codesOf(refused)).toStrictEqual(["503 audit_unavailable"]);
  });

  test("when all connections to PostgreSQL are dropped", async () => {
    const { store, service } = await serviceOn(postgresStore);
    const refused = await trouble(service, "connections dropped", () => store.dropConnections());
    // Who was not on the way to the log just then notices nothing.
    const others = codesOf(refused).filter((code) => code !== "503 audit_unavailable");
    expect(others).toStrictEqual([]);
  });
});

async function untilRefused(load: Load): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (load.answers.every(isDecided) && performance.now() < deadline) {
    await pause(20);
  }
  expect(load.answers.every(isDecided)).toBe(false);
}
