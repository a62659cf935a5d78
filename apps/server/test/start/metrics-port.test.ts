import { join } from "node:path";
import { freePort, makeTemporaryFolder, requestJson, type TemporaryFolder } from "@byot/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Programme, runToEnd, start, stopAll } from "./programme.js";

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await makeTemporaryFolder();
});

afterEach(async () => {
  await stopAll();
  await folder.remove();
});

function production(env: Readonly<Record<string, string>>): Programme {
  const data = join(folder.path, "data");
  return { file: "main.js", env: { PORT: "0", BYOT_DATA_DIR: data, ...env } };
}

test("answers metrics on a port of their own, to anybody who can reach it, and nothing else", async () => {
  const server = await start(production({ BYOT_METRICS_PORT: "0" }));
  const [, url = ""] = /"metricsUrl":"([^"]+)\/metrics"/.exec(server.stdout()) ?? [];

  const metrics = await requestJson(`${url}/metrics`);
  const posted = await requestJson(`${url}/metrics`, { method: "POST" });
  const elsewhere = await requestJson(`${url}/v1/workspaces`);

  expect(metrics.status).toBe(200);
  expect(metrics.text).toContain("byot_audit_queue_decisions 0");
  expect(metrics.headers.get("x-content-type-options")).toBe("nosniff");
  expect(posted).toMatchObject({ status: 405, body: { code: "method_not_allowed" } });
  expect(elsewhere).toMatchObject({ status: 404, body: { code: "route_unknown" } });
  expect((await requestJson(`${server.url}/metrics`)).status).toBe(404);
});

test("answers metrics on its own port to whoever has the token", async () => {
  const token = "scrape-scrape-scrape-scrape";
  const server = await start(production({ BYOT_METRICS_TOKEN: token }));

  const guarded = await requestJson(`${server.url}/metrics`);
  const headers = { authorization: `Bearer ${token}` };
  const shown = await requestJson(`${server.url}/metrics`, { headers });

  expect(guarded.status).toBe(401);
  expect(shown.status).toBe(200);
  expect(server.stdout() + server.stderr()).not.toContain(token);
});

test("ends with the server", async () => {
  const server = await start(production({ BYOT_METRICS_PORT: "0" }));

  expect(await server.stop()).toMatchObject({ code: 0 });
});

test("keeps the server from starting when its port is taken, and says which variable to change", async () => {
  const port = String(await freePort());
  await start(production({ BYOT_METRICS_PORT: port }));
  const second = production({ BYOT_METRICS_PORT: port, BYOT_DATA_DIR: join(folder.path, "other") });

  const { code, stderr } = await runToEnd(second);

  expect(code).toBe(1);
  expect(stderr).toContain(
    `port ${port} on 127.0.0.1 is taken; choose another with BYOT_METRICS_PORT`,
  );
});
