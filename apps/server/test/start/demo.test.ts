import { execFile } from "node:child_process";
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort, makeTemporaryFolder, requestJson, type TemporaryFolder } from "@byot/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createApiKey } from "../../src/access/api-key.js";
import { type Programme, runToEnd, start, stopAll } from "./programme.js";

const chosenKey = createApiKey((length) => new Uint8Array(length).fill(3)).key;
const hasCurl = await promisify(execFile)("curl", ["--version"]).then(
  () => true,
  () => false,
);

let folder: TemporaryFolder;
let data: string;

beforeEach(async () => {
  folder = await makeTemporaryFolder();
  data = join(folder.path, "demo data");
});

afterEach(async () => {
  await stopAll();
  await folder.remove();
});

const demo = (env: Readonly<Record<string, string>> = {}): Programme => ({
  file: "demo-main.js",
  env: { PORT: "0", BYOT_DATA_DIR: data, ...env },
});

async function environment(): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(join(data, "demo.env"), "utf8");
  const pairs = text
    .trim()
    .split("\n")
    .map((line) => line.split("="));
  return Object.fromEntries(pairs.map(([name = "", value = ""]) => [name, value]));
}

async function statusWith(url: string, key: string): Promise<number> {
  const headers = { authorization: `Bearer ${key}` };
  return (await requestJson(`${url}/v1/workspaces/demo/policies`, { headers })).status;
}

function askForAda(url: string, token: string): ReturnType<typeof requestJson> {
  return requestJson(`${url}/v1/workspaces/demo/authorize`, {
    method: "POST",
    body: { token, resource: "premium-features", action: "access" },
  });
}

async function tokenOfAda(url: string): Promise<string> {
  return (await requestJson(`${url}/demo-idp/token/ada`)).text;
}

test("writes what a client needs into demo.env, and the key nowhere else in sight", async () => {
  const server = await start(demo());
  const { BYOT_URL = "", BYOT_WORKSPACE, BYOT_API_KEY = "" } = await environment();

  expect(BYOT_URL).toBe(server.url);
  expect(BYOT_WORKSPACE).toBe("demo");
  expect(await statusWith(BYOT_URL, BYOT_API_KEY)).toBe(200);
  expect(server.stdout() + server.stderr()).not.toContain(BYOT_API_KEY);
  expect(server.stdout()).toContain(join(data, "demo.env"));
});

test("keeps everything in its folder to its owner", async () => {
  await start(demo());

  expect((await stat(data)).mode & 0o777).toBe(0o700);
  for (const name of await readdir(data)) {
    expect({ name, mode: (await stat(join(data, name))).mode & 0o777 }).toEqual({
      name,
      mode: 0o600,
    });
  }
});

test.skipIf(!hasCurl)(
  "prints three commands that a shell answers with an allow and two denies",
  async () => {
    const server = await start(demo());
    const commands = server
      .stdout()
      .split(/^\d\. .*$/m)
      .slice(1)
      .map((text) => text.split("Ctrl-C")[0]?.trim() ?? "");

    const answers: unknown[] = [];
    for (const command of commands) {
      const { stdout } = await promisify(execFile)("sh", ["-eu", "-c", command], { cwd: "/" });
      answers.push(JSON.parse(stdout));
    }

    expect(answers).toMatchObject([
      { data: { allowed: true, reason: { code: "allowed_by_rule" } } },
      { data: { allowed: false, reason: { code: "denied_by_default" }, explanation: {} } },
      { data: { allowed: false, reason: { code: "denied_by_default" } } },
    ]);
  },
);

test("finds its data, its key and the tokens it gave again, and rewrites demo.env", async () => {
  const first = await start(demo());
  const { BYOT_API_KEY: key = "" } = await environment();
  const token = await tokenOfAda(first.url);
  await requestJson(`${first.url}/v1/workspaces/demo/resources`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: { name: "mine", actions: ["read"] },
  });
  await first.stop();
  await writeFile(join(data, "demo.env"), "");

  const second = await start(demo());
  const mine = await requestJson(`${second.url}/v1/workspaces/demo/resources/mine`, {
    headers: { authorization: `Bearer ${key}` },
  });

  expect(await environment()).toMatchObject({ BYOT_URL: second.url, BYOT_API_KEY: key });
  expect(mine.status).toBe(200);
  expect((await askForAda(second.url, token)).body).toMatchObject({ data: { allowed: true } });
});

test("says in the change log that it has set its workspace up itself", async () => {
  const server = await start(demo());
  const { BYOT_API_KEY: key = "" } = await environment();

  const { body } = await requestJson(`${server.url}/v1/workspaces/demo/audit/changes?limit=1`, {
    headers: { authorization: `Bearer ${key}` },
  });

  expect(body).toMatchObject({ data: [{ by: { kind: "system", id: "demo" }, revision: 1 }] });
});

test("makes a new key when its file is gone, and the old one opens nothing", async () => {
  const first = await start(demo());
  const { BYOT_API_KEY: old = "" } = await environment();
  await first.stop();
  await rm(join(data, "root-key"));

  const second = await start(demo());
  const { BYOT_API_KEY: fresh = "" } = await environment();

  expect(await statusWith(second.url, old)).toBe(401);
  expect(await statusWith(second.url, fresh)).toBe(200);
});

test("takes the root key of the environment and keeps it when it is not there any more", async () => {
  await (await start(demo())).stop();
  await (await start(demo({ BYOT_ROOT_KEY: chosenKey }))).stop();

  const server = await start(demo());

  expect(await statusWith(server.url, chosenKey)).toBe(200);
  expect(await environment()).toMatchObject({ BYOT_API_KEY: chosenKey });
});

test("names a taken port and takes the next", async () => {
  const port = await freePort();
  const first = await start(demo({ PORT: String(port) }));

  const second = await start(
    demo({ PORT: String(port), BYOT_DATA_DIR: join(folder.path, "second") }),
  );

  expect(first.url).toBe(`http://127.0.0.1:${port}`);
  expect(second.stdout()).toContain(`port ${port} is taken, trying ${port + 1}`);
  expect(second.stdout()).not.toContain(`${first.url}/v1`);
});

test("refuses a folder that another demo uses, and disturbs neither its key nor demo.env", async () => {
  const first = await start(demo());
  const before = await environment();
  await rm(join(data, "root-key"));

  const { code, stderr } = await runToEnd(demo());

  expect(code).toBe(1);
  expect(stderr).toContain("in use by another process");
  expect(await environment()).toEqual(before);
  expect(await readdir(data)).not.toContain("root-key");
  expect(await statusWith(first.url, before["BYOT_API_KEY"] ?? "")).toBe(200);
});

test("lets one of two starts at the same moment win", async () => {
  const results = await Promise.allSettled([start(demo()), start(demo())]);
  const won = results.filter(({ status }) => status === "fulfilled");
  const { BYOT_URL = "", BYOT_API_KEY = "" } = await environment();

  expect(won).toHaveLength(1);
  expect(await statusWith(BYOT_URL, BYOT_API_KEY)).toBe(200);
  expect((await readFile(join(data, "root-key"), "utf8")).trim()).toBe(BYOT_API_KEY);
});

test("gives no tokens when others can reach it, and says so", async () => {
  const server = await start(demo({ BYOT_HOST: "0.0.0.0" }));

  const token = await requestJson(`${server.url}/demo-idp/token/ada`);
  const people = await requestJson(`${server.url}/demo-idp/people`);

  expect([token.status, people.status]).toEqual([404, 404]);
  expect(server.stdout()).toContain("leave BYOT_HOST out");
  expect(server.stdout()).not.toContain("curl");
});

test("refuses a folder of production", async () => {
  const production = await start({ file: "main.js", env: { PORT: "0", BYOT_DATA_DIR: data } });
  await production.stop();
  const before = await readdir(data);

  const { code, stderr } = await runToEnd(demo());

  expect(code).toBe(1);
  expect(stderr).toContain("holds data that the demo did not make");
  expect(await readdir(data)).toEqual(before);
});

test("says which file to delete when its signing key is broken", async () => {
  await (await start(demo())).stop();
  await writeFile(join(data, "demo-signing-key.json"), "{}");

  const { code, stderr } = await runToEnd(demo());

  expect(code).toBe(1);
  expect(stderr).toContain(`${join(data, "demo-signing-key.json")} holds no usable key`);
});
