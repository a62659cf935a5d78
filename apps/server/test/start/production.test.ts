import { once } from "node:events";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { request as openRequest } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { freePort, makeTemporaryFolder, requestJson, type TemporaryFolder } from "@byot/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createApiKey } from "../../src/access/api-key.js";
import { type Programme, runToEnd, start, stopAll } from "./programme.js";

const bytesOf =
  (value: number) =>
  (length: number): Uint8Array =>
    new Uint8Array(length).fill(value);
const firstKey = createApiKey(bytesOf(1)).key;
const secondKey = createApiKey(bytesOf(2)).key;

let folder: TemporaryFolder;
let data: string;

beforeEach(async () => {
  folder = await makeTemporaryFolder();
  data = join(folder.path, "data");
});

afterEach(async () => {
  await stopAll();
  await folder.remove();
});

const production = (env: Readonly<Record<string, string>> = {}): Programme => ({
  file: "main.js",
  env: { PORT: "0", BYOT_DATA_DIR: data, ...env },
});

async function statusWith(url: string, key: string): Promise<number> {
  const headers = { authorization: `Bearer ${key}` };
  return (await requestJson(`${url}/v1/workspaces`, { headers })).status;
}

function canConnectTo(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname)
      .on("connect", () => {
        socket.destroy();
        resolve(true);
      })
      .on("error", () => resolve(false));
  });
}

async function modeOf(name: string): Promise<number> {
  return (await stat(join(data, name))).mode & 0o777;
}

test("makes a root key at the first start, and prints the name of its file and not the key", async () => {
  const server = await start(production());
  const key = (await readFile(join(data, "root-key"), "utf8")).trim();

  expect(await statusWith(server.url, key)).toBe(200);
  expect(server.stdout()).toContain(join(data, "root-key"));
  expect(server.stdout() + server.stderr()).not.toContain(key);
});

test("keeps everything in the data folder to its owner", async () => {
  const server = await start(production());
  const names = await readdir(data);
  await server.stop();

  expect(names).toContain("byot.db");
  expect((await stat(data)).mode & 0o777).toBe(0o700);
  for (const name of await readdir(data)) {
    expect({ name, mode: await modeOf(name) }).toEqual({ name, mode: 0o600 });
  }
});

test("has no demo: no workspace and no tokens", async () => {
  const server = await start(production({ BYOT_ROOT_KEY: firstKey }));

  const token = await requestJson(`${server.url}/demo-idp/token/ada`);
  const workspaces = await requestJson(`${server.url}/v1/workspaces`, {
    headers: { authorization: `Bearer ${firstKey}` },
  });

  expect(token.status).toBe(404);
  expect(workspaces.body).toMatchObject({ data: [] });
});

test("finds its data and its root key again, and says nothing of a new one", async () => {
  const first = await start(production());
  const key = (await readFile(join(data, "root-key"), "utf8")).trim();
  await first.stop();

  const second = await start(production());

  expect(await statusWith(second.url, key)).toBe(200);
  expect(second.stdout()).not.toContain("root-key");
});

test("takes the root key of the environment, and a new one in place of the old", async () => {
  const first = await start(production({ BYOT_ROOT_KEY: firstKey }));
  const before = await statusWith(first.url, firstKey);
  await first.stop();

  const second = await start(production({ BYOT_ROOT_KEY: secondKey }));

  expect(before).toBe(200);
  expect(await statusWith(second.url, firstKey)).toBe(401);
  expect(await statusWith(second.url, secondKey)).toBe(200);
  expect(await readdir(data)).not.toContain("root-key");
  expect(first.stdout() + second.stdout()).not.toMatch(/byot_/);
});

test("refuses a bad configuration with every problem and status 1, and repeats no value", async () => {
  const secret = `${firstKey}x`;

  const { code, stdout, stderr } = await runToEnd(
    production({ PORT: secret, BYOT_LOG_LEVEL: "loud", BYOT_ROOT_KEY: secret, BYOT_PROT: secret }),
  );

  expect(code).toBe(1);
  expect(stdout).toBe("");
  expect(stderr.split("\n").filter((line) => line.startsWith("  - "))).toHaveLength(4);
  expect(stderr).not.toContain(firstKey);
  expect(stderr).not.toContain("    at ");
});

test("refuses the demo's folder", async () => {
  const demo = await start({ file: "demo-main.js", env: { PORT: "0", BYOT_DATA_DIR: data } });
  await demo.stop();

  const { code, stderr } = await runToEnd(production());

  expect(code).toBe(1);
  expect(stderr).toContain("was made by the demo");
});

test("refuses a taken port and names it", async () => {
  const port = String(await freePort());
  await start(production({ PORT: port }));

  const { code, stderr } = await runToEnd(
    production({ PORT: port, BYOT_DATA_DIR: join(folder.path, "other") }),
  );

  expect(code).toBe(1);
  expect(stderr).toContain(`port ${port} on 127.0.0.1 is taken; choose another with PORT`);
});

test("refuses a folder that another server uses, and leaves that one alone", async () => {
  const first = await start(production({ BYOT_ROOT_KEY: firstKey }));

  const { code, stderr } = await runToEnd(production({ BYOT_ROOT_KEY: secondKey }));

  expect(code).toBe(1);
  expect(stderr).toContain("in use by another process");
  expect(await statusWith(first.url, firstKey)).toBe(200);
});

test("takes over from a server that was killed", async () => {
  const first = await start(production({ BYOT_ROOT_KEY: firstKey }));
  await first.stop("SIGKILL");

  const second = await start(production({ BYOT_ROOT_KEY: firstKey }));

  expect(await statusWith(second.url, firstKey)).toBe(200);
});

test("refuses a data folder that is a file, and a database that is none", async () => {
  const file = join(folder.path, "file");
  await writeFile(file, "");
  const broken = join(folder.path, "broken");
  await (await start(production({ BYOT_DATA_DIR: broken }))).stop();
  await writeFile(
    join(broken, "byot.db"),
    "this is no database, but long enough to be read as one",
  );

  const onFile = await runToEnd(production({ BYOT_DATA_DIR: file }));
  const onBroken = await runToEnd(production({ BYOT_DATA_DIR: broken }));

  expect([onFile.code, onBroken.code]).toEqual([1, 1]);
  expect(onFile.stderr).toContain("cannot be used as a folder for data");
  expect(onFile.stderr + onBroken.stderr).not.toContain("    at ");
});

test.each(["SIGTERM", "SIGINT"] as const)(
  "answers what was asked before %s, and ends with status 0",
  async (signal) => {
    const server = await start(production({ BYOT_ROOT_KEY: firstKey }));
    const body = JSON.stringify({ id: "acme", name: "Acme" });
    const request = openRequest(`${server.url}/v1/workspaces`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${firstKey}`,
        "content-type": "application/json",
        "content-length": body.length,
        expect: "100-continue",
      },
    });
    const status = new Promise((resolve, reject) => {
      request.on("error", reject).on("response", (response) => resolve(response.statusCode));
    });
    request.flushHeaders();
    // The server asks for the body, so it has begun to answer.
    await once(request, "continue");

    const ended = server.stop(signal);
    await expect.poll(() => canConnectTo(server.url), { timeout: 10_000 }).toBe(false);
    request.end(body);

    expect(await status).toBe(201);
    expect(await ended).toEqual({ code: 0, signal: null });
  },
);

test("writes a log line for each request, and no key in any", async () => {
  const server = await start(production({ BYOT_ROOT_KEY: firstKey }));
  await statusWith(server.url, firstKey);
  await server.stop();

  const lines = server.stdout().trim().split("\n");

  expect(lines.map((line): unknown => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ level: "info", route: "/v1/workspaces", status: 200 }),
  );
  expect(server.stdout()).not.toContain(firstKey);
});
