import { ByotClient, ConflictError } from "@byot/sdk";
import { describe, expect, test } from "vitest";
import { allow, apiKey, question, token } from "./decisions.js";
import { hang, json, problem, reset, startFaultServer } from "./fault-server.js";
import type { Behaviour, FaultServer } from "./fault-server.js";

function clientOf(server: FaultServer, timeoutMs?: number): ByotClient {
  return new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey, timeoutMs });
}

const key = { id: "k3yidk3y", name: "deploy", scopes: [], createdAt: "", key: apiKey };
const created = json(201, { data: key });
const newKey = { name: "deploy", scopes: [] } as const;

describe("a call that changes something", () => {
  test.each<[string, Behaviour]>([
    ["a reset connection", reset()],
    ["a 503", problem(503, "storage_unavailable", { "Retry-After": "0" })],
  ])("is not tried again after %s, which may have come after the change", async (_name, fault) => {
    await using server = await startFaultServer(fault, created);

    await expect(clientOf(server).apiKeys.create(newKey)).rejects.toMatchObject({
      name: "UnavailableError",
    });
    expect(server.seen).toHaveLength(1);
  });

  test("is tried again after a 429, which did nothing", async () => {
    await using server = await startFaultServer(
      problem(429, "rate_limited", { "Retry-After": "0" }),
      created,
    );

    expect(await clientOf(server).apiKeys.create(newKey)).toMatchObject({ data: key });
  });

  test.each([
    [409, "already_exists"],
    [412, "version_stale"],
    [428, "version_required"],
  ])("%i `%s` is a conflict", async (status, code) => {
    await using server = await startFaultServer(problem(status, code));

    const change = clientOf(server).policies.delete("premium_access", { version: 3 });

    await expect(change).rejects.toThrow(ConflictError);
    await expect(change).rejects.toMatchObject({ name: "ConflictError", code, status });
  });
});

describe("a call that changes nothing", () => {
  test.each<[string, (byot: ByotClient) => Promise<unknown>, unknown]>([
    ["a list", async (byot) => byot.apiKeys.list().page(), []],
    [
      "a test of a token",
      async (byot) => byot.providers.test("clerk", token),
      { steps: [], notes: [] },
    ],
    [
      "a simulation",
      async (byot) => byot.simulate({ attributes: {} }),
      { allowed: false, decision: "Deny", reason: {}, explanation: {} },
    ],
  ])("such as %s is tried again", async (_name, call, data) => {
    await using server = await startFaultServer(
      reset(),
      problem(503, "storage_unavailable", { "Retry-After": "0" }),
      json(200, { data, page: { nextCursor: null } }),
    );

    expect(await call(clientOf(server))).toMatchObject({ data });
  });
});

describe("the time of a call", () => {
  test("can be named for one call alone", async () => {
    await using server = await startFaultServer(hang());

    const reading = clientOf(server, 60_000).policies.read("p", { timeoutMs: 50 });

    await expect(reading).rejects.toMatchObject({
      code: "timeout",
      message: "no answer within 50 ms",
    });
  });

  test("can be named for all calls of a client", async () => {
    await using server = await startFaultServer(hang());

    await expect(clientOf(server, 50).policies.read("p")).rejects.toMatchObject({
      message: "no answer within 50 ms",
    });
  });

  test.each([0, 1.5, 600_001, NaN])("is refused when it is %d", async (timeoutMs) => {
    const byot = new ByotClient({ baseUrl: "http://127.0.0.1:9", workspaceId: "acme" });

    await expect(byot.checkAuthorization({ ...question, timeoutMs })).rejects.toThrow(
      new TypeError("`timeoutMs` must be a whole number from 1 to 600000"),
    );
  });
});

describe("withOptions", () => {
  test("makes the same client but for these options", async () => {
    await using server = await startFaultServer(json(200, { data: allow }));
    const byot = clientOf(server);

    const other = byot.withOptions({ workspaceId: "globex", userAgent: "billing/1.4" });
    await other.checkAuthorization(question);
    await byot.checkAuthorization(question);

    expect(other).toBeInstanceOf(ByotClient);
    expect(server.seen.map(({ url }) => url)).toEqual([
      "/v1/workspaces/globex/authorize",
      "/v1/workspaces/acme/authorize",
    ]);
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);
    expect(server.seen[0]?.headers["user-agent"]).toMatch(
      /^billing\/1\.4 byot-sdk\/\d+\.\d+\.\d+$/,
    );
    expect(server.seen[1]?.headers["user-agent"]).toMatch(/^byot-sdk\/\d/);
  });
});
