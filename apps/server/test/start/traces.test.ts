import { join } from "node:path";
import { makeTemporaryFolder, requestJson, type TemporaryFolder } from "@byot/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startCollector } from "../support/collector.js";
import { start, type StartedProgramme, stopAll } from "./programme.js";

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await makeTemporaryFolder();
});

afterEach(async () => {
  await stopAll();
  await folder.remove();
});

const traceId = "0af7651916cd43dd8448eb211c80319c";

function demo(env: Readonly<Record<string, string>>): Promise<StartedProgramme> {
  return start({
    file: "demo-main.js",
    env: { PORT: "0", BYOT_DATA_DIR: join(folder.path, "demo"), ...env },
  });
}

async function checkOf({ url }: StartedProgramme, person: string): Promise<string> {
  const { text: token } = await requestJson(`${url}/demo-idp/token/${person}`);
  const answer = await requestJson(`${url}/v1/workspaces/demo/authorize`, {
    method: "POST",
    headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
    body: { token, resource: "premium-features", action: "access" },
  });
  expect(answer.status).toBe(200);
  return token;
}

test("sends the trace of a check where the variables of OpenTelemetry say, as part of the caller's", async () => {
  await using collector = await startCollector();
  const server = await demo({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
  });
  const token = await checkOf(server, "ada");

  await server.stop();

  const sent = collector.received();
  expect(sent).toContain("/v1/traces ");
  for (const told of [
    '"byot.check"',
    '"premium-features"',
    '"allowed_by_rule"',
    traceId,
    '"byot"',
  ]) {
    expect(sent).toContain(told);
  }
  for (const untold of [
    token,
    ...token.split("."),
    "ada",
    folder.path,
    "/v1/metrics",
    "/v1/logs",
  ]) {
    expect(sent).not.toContain(untold);
  }
});

test("answers all the same when nobody takes the traces, and ends in time", async () => {
  const server = await demo({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" });
  await checkOf(server, "ada");

  const exit = await server.stop();

  expect(exit).toMatchObject({ code: 0 });
});
