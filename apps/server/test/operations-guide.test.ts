import { execFile } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { makeTemporaryFolder, requestJson, type TemporaryFolder } from "@byot/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createApiKey } from "../src/access/api-key.js";
import { readConfiguration } from "../src/configuration.js";
import { start, stopAll } from "./start/programme.js";
import { startService } from "./support/service.js";

const guide = await readFile(new URL("../../../docs/operations.md", import.meta.url), "utf8");
const rows = guide
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.split("|").map((cell) => cell.trim()));

const hasSqlite = await promisify(execFile)("sqlite3", ["--version"]).then(
  () => true,
  () => false,
);
const anyKey = createApiKey((length) => new Uint8Array(length).fill(1)).key;

function rowsOf(prefix: string): readonly (readonly string[])[] {
  return rows.filter(([, name = ""]) => name.startsWith(`\`${prefix}`));
}

function code(cell: string | undefined): string | undefined {
  return /^`([^`]+)`$/.exec(cell ?? "")?.[1];
}

describe("the table of variables", () => {
  const documented = [...rowsOf("BYOT_"), ...rowsOf("PORT"), ...rowsOf("OTEL_")];

  test("has every variable that is known, and no other", () => {
    const read = readConfiguration({ BYOT_X: "1" });
    const [problem = ""] = read.ok ? [] : read.problems;
    const known = problem.split("known are ")[1]?.split(", ") ?? [];
    const names = documented.map(([, name]) => code(name) ?? "");

    expect(names.filter((name) => !name.startsWith("OTEL_")).toSorted()).toEqual(known.toSorted());
  });

  test.each(
    documented.flatMap(([, name, , value]) => (code(value) === undefined ? [] : [[name, value]])),
  )("says what %s is unless given", (name, value) => {
    const given = { [code(name) ?? ""]: code(value) };
    const database = { BYOT_DATABASE_URL: "postgres://db/byot", BYOT_ROOT_KEY: anyKey };
    const others = name === "`BYOT_MIGRATE`" ? database : {};

    expect(readConfiguration({ ...others, ...given })).toEqual(readConfiguration(others));
  });
});

test("lists every metric, and no other", async () => {
  const metricsToken = "scrape-scrape-scrape-scrape";
  await using service = await startService({ metricsToken });
  const answer = await fetch(`${service.url}/metrics`, {
    headers: { authorization: `Bearer ${metricsToken}` },
  });
  const text = await answer.text();
  const served = [...text.matchAll(/^# TYPE (byot_\w+) /gm)].map(([, name = ""]) => name);

  const listed = rowsOf("byot_")
    .map(([, name]) => code(name) ?? "")
    .filter((name) => /^\w+$/.test(name));

  expect(listed.toSorted()).toEqual(served.toSorted());
  const watched = [...guide.matchAll(/\b(byot_\w+?)(?:_bucket)?\b/g)].map(([, name = ""]) => name);
  expect(watched.filter((name) => !served.includes(name))).toEqual([]);
});

function commandsAfter(marker: string): string {
  return guide.split(`<!-- ${marker} -->`)[1]?.split("```sh\n")[1]?.split("```")[0] ?? "";
}

async function run(marker: string, environment: Readonly<Record<string, string>>): Promise<void> {
  const env = { PATH: process.env["PATH"], ...environment };
  await promisify(execFile)("sh", ["-eu", "-c", commandsAfter(marker)], { env });
}

async function ask(url: string, path: string, body?: object): Promise<unknown> {
  const answer = await requestJson(`${url}/v1/workspaces${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${anyKey}` },
    ...(body === undefined ? {} : { body }),
  });
  expect(answer.status).toBeLessThan(300);
  return answer.body;
}

describe("the commands for SQLite", () => {
  let folder: TemporaryFolder;

  beforeEach(async () => {
    folder = await makeTemporaryFolder();
  });

  afterEach(async () => {
    await stopAll();
    await folder.remove();
  });

  test.skipIf(!hasSqlite)(
    "copy a server's data while it runs, and give it to another one, whole",
    async () => {
      const from = join(folder.path, "data");
      const backup = join(folder.path, "backup");
      const to = join(folder.path, "restored");
      const old = await start({
        file: "main.js",
        env: { PORT: "0", BYOT_DATA_DIR: from, BYOT_ROOT_KEY: anyKey },
      });
      await ask(old.url, "", { id: "acme", name: "Acme" });
      await mkdir(backup);

      await run("backup", { BYOT_DATA_DIR: from, BACKUP: backup });
      await ask(old.url, "", { id: "globex", name: "Globex" });
      await run("restore", { BYOT_DATA_DIR: to, BACKUP: backup });
      const { url } = await start({ file: "main.js", env: { PORT: "0", BYOT_DATA_DIR: to } });

      expect(await ask(url, "")).toMatchObject({ data: [{ id: "acme", name: "Acme" }] });
      expect(await ask(url, "/acme/audit/verify")).toMatchObject({ data: { intact: true } });
    },
  );
});
