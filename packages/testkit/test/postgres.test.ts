import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { makeTemporaryFolder, startPostgres, type Postgres } from "@byot/testkit";
import { runSql } from "../src/run-sql.js";

const timeoutMs = 10_000;

describe("startPostgres", () => {
  let postgres: Postgres;

  beforeAll(async () => {
    postgres = await startPostgres({ dedicated: true });
  });

  afterAll(() => postgres.stop());
  afterEach(() => vi.unstubAllEnvs());

  test("starts a server on 127.0.0.1 that runs statements", async () => {
    expect(new URL(postgres.url).hostname).toBe("127.0.0.1");
    await expect(runSql(postgres.url, "SELECT 1", timeoutMs)).resolves.toBeUndefined();
    await expect(runSql(postgres.url, "SELECT 1 / 0", timeoutMs)).rejects.toMatchObject({
      code: "22012",
      message: "division by zero",
    });
  });

  test("makes databases, empty or as a copy of another one", async () => {
    const original = await postgres.createDatabase();
    await runSql(original, "CREATE TABLE orders (id int)", timeoutMs);

    const copy = await postgres.createDatabase(original);
    const empty = await postgres.createDatabase();

    await runSql(copy, "SELECT * FROM orders", timeoutMs);
    await expect(runSql(empty, "SELECT * FROM orders", timeoutMs)).rejects.toMatchObject({
      code: "42P01",
    });
  });

  test("keeps what was committed over a restart and over a crash", async () => {
    const url = await postgres.createDatabase();
    await runSql(url, "CREATE TABLE orders (id int)", timeoutMs);

    await postgres.restart();
    await runSql(url, "INSERT INTO orders VALUES (1)", timeoutMs);
    await postgres.kill();
    await expect(runSql(url, "SELECT 1", timeoutMs)).rejects.toMatchObject({
      code: "ECONNREFUSED",
    });
    await postgres.restart();

    await runSql(url, "SELECT 1 / (SELECT count(*) FROM orders)", timeoutMs);
  });

  test("proves a password to a server that asks for one", async () => {
    const url = await postgres.createDatabase();
    await runSql(url, "CREATE ROLE ada LOGIN PASSWORD 'per aspera'", timeoutMs);
    await runSql(url, "ALTER SYSTEM SET password_encryption = 'scram-sha-256'", timeoutMs);
    const rules =
      "COPY (SELECT 'host all ada 127.0.0.1/32 scram-sha-256' UNION ALL SELECT 'host all all 127.0.0.1/32 trust') TO PROGRAM 'cat > pg_hba.conf'";
    await runSql(url, rules, timeoutMs);
    await runSql(url, "SELECT pg_reload_conf()", timeoutMs);
    const known = url.replace("byot@", "ada:per%20aspera@");

    await vi.waitFor(async () => {
      const wrong = runSql(url.replace("byot@", "ada:wrong@"), "SELECT 1", timeoutMs);
      await expect(wrong).rejects.toMatchObject({ code: "28P01" });
    });
    await expect(runSql(known, "SELECT 1", timeoutMs)).resolves.toBeUndefined();
  });

  test("leaves nothing behind when it is stopped, and can be stopped twice", async () => {
    const { path, remove } = await makeTemporaryFolder();
    await chmod(path, 0o711);
    vi.stubEnv("TMPDIR", path);
    const other = await startPostgres({ dedicated: true, fsync: true });
    expect(await readdir(path)).toHaveLength(1);

    await other.stop();
    await other.stop();

    expect(await readdir(path)).toEqual([]);
    await expect(runSql(other.url, "SELECT 1", timeoutMs)).rejects.toMatchObject({
      code: "ECONNREFUSED",
    });
    await remove();
  });

  test("uses the server that `DATABASE_URL` names, and drops only what it has made there", async () => {
    const kept = await postgres.createDatabase();
    vi.stubEnv("DATABASE_URL", postgres.url);
    const running = await startPostgres();
    const made = await running.createDatabase();
    await expect(running.restart()).rejects.toThrow("not for this test alone");
    await expect(running.kill()).rejects.toThrow("not for this test alone");

    await running.stop();

    await runSql(kept, "SELECT 1", timeoutMs);
    await expect(runSql(made, "SELECT 1", timeoutMs)).rejects.toMatchObject({ code: "3D000" });
  });

  test("says what is missing where there is no PostgreSQL", async () => {
    vi.stubEnv("PG_BIN", "/no-such-folder");
    await expect(startPostgres({ dedicated: true })).rejects.toThrow(
      "`PG_BIN` names a folder without `/no-such-folder/initdb`",
    );
  });
});

test("the server is ended and its folder removed when whoever started it is gone", async () => {
  const { path } = await makeTemporaryFolder();
  const server = "process.on('SIGINT', () => process.exit(0)); setInterval(() => {}, 1000)";
  const keeper = fileURLToPath(new URL("../bin/keep-postgres.mjs", import.meta.url));
  const options = JSON.stringify({ folder: path, account: {} });
  const child = spawn(process.execPath, [keeper, options, process.execPath, "-e", server], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  await once(child, "spawn");

  // The system closes the pipe of a process that has ended, whatever ended it.
  child.stdin.destroy();
  await once(child, "exit");

  expect(existsSync(path)).toBe(false);
});
