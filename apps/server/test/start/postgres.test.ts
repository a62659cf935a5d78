import { freePort, type Postgres, startPostgres } from "@byot/testkit";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createApiKey } from "../../src/access/api-key.js";
import { type Programme, runToEnd, start, stopAll } from "./programme.js";

const rootKey = createApiKey((length) => new Uint8Array(length).fill(1)).key;
const password = "s3cr3t-of-the-database";

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);

afterAll(() => postgres.stop());

afterEach(stopAll);

const on = (url: string, env: Readonly<Record<string, string>> = {}): Programme => ({
  file: "main.js",
  env: { PORT: "0", BYOT_DATABASE_URL: url, BYOT_ROOT_KEY: rootKey, ...env },
});

test("refuses a database that cannot be reached, and says why without its URL", async () => {
  const port = await freePort();

  const { code, stdout, stderr } = await runToEnd(
    on(`postgres://byot:${password}@127.0.0.1:${port}/byot`),
  );

  expect(code).toBe(1);
  expect(stderr).toContain("byot cannot start");
  expect(stderr).toContain("ECONNREFUSED");
  expect(stdout + stderr).not.toContain(password);
  expect(stderr).not.toContain("    at ");
});

test("refuses a database that is not there, and names it", async () => {
  const url = new URL(postgres.url);
  url.pathname = "/nowhere";

  const { code, stderr } = await runToEnd(on(url.href));

  expect(code).toBe(1);
  expect(stderr).toContain('database "nowhere" does not exist');
  expect(stderr).not.toContain(url.href);
});

test("refuses tables of long ago when it may not change them", async () => {
  const url = await postgres.createDatabase();

  const checked = await runToEnd(on(url, { BYOT_MIGRATE: "check" }));
  const migrated = await start(on(url));
  await migrated.stop();
  const again = await start(on(url, { BYOT_MIGRATE: "check" }));

  expect(checked.code).toBe(1);
  expect(checked.stderr).toContain("not up to date");
  expect(again.stdout()).toContain("byot is ready");
});

test("refuses to start without a root key, and says how to come by one", async () => {
  const { code, stderr } = await runToEnd(
    on(await postgres.createDatabase(), { BYOT_ROOT_KEY: "" }),
  );

  expect(code).toBe(1);
  expect(stderr).toContain("BYOT_ROOT_KEY is required with BYOT_DATABASE_URL");
});

test("lets a new root key take over from the one before", async () => {
  const url = await postgres.createDatabase();
  const second = createApiKey((length) => new Uint8Array(length).fill(2)).key;
  await (await start(on(url))).stop();
  const server = await start(on(url, { BYOT_ROOT_KEY: second }));
  const statusWith = async (key: string): Promise<number> => {
    const headers = { authorization: `Bearer ${key}` };
    return (await fetch(`${server.url}/v1/workspaces`, { headers })).status;
  };

  expect([await statusWith(rootKey), await statusWith(second)]).toEqual([401, 200]);
});

test("is not for the demo, which says so", async () => {
  const { code, stderr } = await runToEnd({
    ...on(await postgres.createDatabase()),
    file: "demo-main.js",
  });

  expect(code).toBe(1);
  expect(stderr).toContain("leave BYOT_DATABASE_URL out");
});
