import { ByotClient } from "@byot/sdk";
import type { Hooks } from "@byot/sdk";
import { describe, expect, test } from "vitest";
import { allow, apiKey, question, token } from "./decisions.js";
import { hang, json, problem, reset, startFaultServer } from "./fault-server.js";

function recorder(): { readonly told: unknown[]; readonly hooks: Hooks } {
  const told: unknown[] = [];
  return {
    told,
    hooks: {
      onRequest: (request) => told.push({ request }),
      onResponse: ({ durationMs, ...response }) =>
        told.push({ response, tookTime: durationMs >= 0 }),
    },
  };
}

function fail(): never {
  throw new RangeError("the metric has too many labels");
}

const attempt = {
  operation: "checkAuthorization",
  method: "POST",
  path: "/v1/workspaces/acme/authorize",
  requestId: "checkout-42",
  attempt: 1,
};

describe("hooks", () => {
  test("are told of each attempt and how it ended", async () => {
    await using server = await startFaultServer(
      reset(),
      problem(503, "jwks_unavailable"),
      json(200, { data: allow }),
    );
    const { told, hooks } = recorder();
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey, ...hooks });

    await byot.checkAuthorization({ ...question, requestId: "checkout-42" });

    const ended = (
      number: number,
      status: number | undefined,
      code: string | undefined,
    ): object => ({
      response: { ...attempt, attempt: number, status, code },
      tookTime: true,
    });
    expect(told).toEqual([
      { request: attempt },
      ended(1, undefined, "connection_failed"),
      { request: { ...attempt, attempt: 2 } },
      ended(2, 503, "jwks_unavailable"),
      { request: { ...attempt, attempt: 3 } },
      ended(3, 200, undefined),
    ]);
  });

  test("are never given the token, the API key or a query", async () => {
    await using server = await startFaultServer(
      json(200, { data: [], page: { nextCursor: null } }),
      json(200, { data: { steps: [], notes: [] } }),
    );
    const { told, hooks } = recorder();
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey, ...hooks });

    await byot.audit.decisions({ subject: "ada" }).page();
    await byot.providers.test("clerk", token);

    expect(server.seen[0]?.url).toBe("/v1/workspaces/acme/audit/decisions?subject=ada");
    const text = JSON.stringify(told);
    expect([token, apiKey, "ada"].filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).toContain("/v1/workspaces/acme/providers/clerk/test");
  });

  test("are told of a timeout and of a caller who stops", async () => {
    await using server = await startFaultServer(hang());
    const { told, hooks } = recorder();
    const byot = new ByotClient({
      baseUrl: server.url,
      workspaceId: "acme",
      timeoutMs: 50,
      ...hooks,
    });
    const controller = new AbortController();

    await byot.checkAuthorization(question).catch(() => undefined);
    const stopped = byot.checkAuthorization({
      ...question,
      timeoutMs: 10_000,
      signal: controller.signal,
    });
    controller.abort(new Error("navigated away"));
    await expect(stopped).rejects.toThrow("navigated away");
    await expect.poll(() => told).toHaveLength(4);

    expect(told).toMatchObject([
      { request: {} },
      { response: { code: "timeout", status: undefined } },
      { request: {} },
      { response: { code: "aborted", status: undefined } },
    ]);
  });

  test("that throw end the call: no decision goes unobserved", async () => {
    await using server = await startFaultServer(json(200, { data: allow }));
    for (const hooks of [{ onRequest: fail }, { onResponse: fail }]) {
      const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", ...hooks });
      await expect(byot.isAllowed({ ...question, onError: "deny" })).rejects.toThrow(RangeError);
    }
    expect(server.seen).toHaveLength(1);
  });
});
