import { ByotClient, UnavailableError } from "@byot/sdk";
import { describe, expect, test, vi } from "vitest";
import { allow, question } from "./decisions.js";
import {
  cutShort,
  drip,
  hang,
  json,
  problem,
  raw,
  redirectTo,
  reset,
  stall,
  startFaultServer,
} from "./fault-server.js";
import type { Behaviour } from "./fault-server.js";

const answer = json(200, { data: allow });

describe("a fault on the way", () => {
  test.each<[string, Behaviour]>([
    ["a server that never answers", hang()],
    ["a body that never ends", stall()],
  ])("%s ends in a timeout and is asked once", async (_name, behaviour) => {
    await using server = await startFaultServer(behaviour);
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", timeoutMs: 150 });

    const check = byot.checkAuthorization(question);

    await expect(check).rejects.toMatchObject({
      name: "UnavailableError",
      code: "timeout",
      message: "no answer within 150 ms",
      status: undefined,
    });
    expect(server.seen).toHaveLength(1);
  });

  test("a slow answer is waited for while there is time", async () => {
    await using server = await startFaultServer(drip({ data: allow }));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", timeoutMs: 20_000 });

    expect(await byot.checkAuthorization(question)).toMatchObject({ data: allow });
    expect(server.seen).toHaveLength(1);
  });

  test("a `fetch` that ignores its signal ends in a timeout all the same", async () => {
    const byot = new ByotClient({
      baseUrl: "https://authz.acme.com",
      workspaceId: "acme",
      timeoutMs: 20,
      fetch: async () => new Promise(() => undefined),
    });

    await expect(byot.checkAuthorization(question)).rejects.toMatchObject({ code: "timeout" });
  });

  test.each<[string, Behaviour]>([
    ["a reset connection", reset()],
    ["a body cut short", cutShort()],
    ["a 503", problem(503, "jwks_unavailable")],
    ["a 503 with `Retry-After`", problem(503, "audit_unavailable", { "Retry-After": "0" })],
    ["a 503 from a proxy", raw(503, "<h1>Sorry</h1>", "text/html")],
    ["a 429", problem(429, "rate_limited")],
  ])("%s is tried again", async (_name, behaviour) => {
    await using server = await startFaultServer(behaviour, answer);
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });

    const result = await byot.checkAuthorization({ ...question, requestId: "checkout-42" });

    expect(result.data.allowed).toBe(true);
    expect(server.seen.map(({ body }) => body)).toEqual([question, question]);
    expect(server.seen.map(({ headers }) => headers["x-request-id"])).toEqual([
      "checkout-42",
      "checkout-42",
    ]);
  });

  test("is thrown as it is after the last attempt", async () => {
    await using server = await startFaultServer(reset());
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", retries: 2 });

    const check = byot.checkAuthorization(question);

    await expect(check).rejects.toMatchObject({
      name: "UnavailableError",
      code: "connection_failed",
    });
    expect(server.seen).toHaveLength(3);
  });

  test("is not tried again when `retries` is 0", async () => {
    await using server = await startFaultServer(reset(), answer);
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", retries: 0 });

    await expect(byot.checkAuthorization(question)).rejects.toThrow(UnavailableError);
  });

  test("a `Retry-After` beyond the time that is left is thrown at once", async () => {
    const behaviour = problem(503, "jwks_unavailable", { "Retry-After": "30" });
    await using server = await startFaultServer(behaviour, answer);
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", timeoutMs: 10_000 });

    const check = byot.checkAuthorization(question);

    await expect(check).rejects.toMatchObject({ code: "jwks_unavailable", retryAfterMs: 30_000 });
    expect(server.seen).toHaveLength(1);
  });

  test.each<[string, Behaviour]>([
    ["a refused token", problem(401, "token_expired")],
    ["an invalid request", problem(400, "request_invalid")],
    ["an internal error", problem(500, "internal_error")],
    ["a 502", raw(502, "")],
    ["a 504", raw(504, "")],
    ["truncated JSON", raw(200, '{"data":{"allowed":true')],
    ["a page of a proxy", raw(200, "<html></html>", "text/html")],
  ])("%s is not tried again", async (_name, behaviour) => {
    await using server = await startFaultServer(behaviour, answer);
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });

    await expect(byot.checkAuthorization(question)).rejects.toMatchObject({ name: /Error$/ });
    expect(server.seen).toHaveLength(1);
  });

  test.each([301, 302, 303, 307, 308])(
    "a redirect with %i is not followed: the token stays with the server it was meant for",
    async (status) => {
      await using elsewhere = await startFaultServer(answer);
      await using server = await startFaultServer(redirectTo(elsewhere.url, status));
      const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });

      const check = byot.checkAuthorization(question);

      await expect(check).rejects.toMatchObject({ code: "redirect_refused", status });
      expect(elsewhere.seen).toEqual([]);
      expect(server.seen).toHaveLength(1);
    },
  );

  test("a redirect that a browser hides is refused too", async () => {
    const hidden = { status: 0, headers: new Headers(), text: async () => "" };
    const byot = new ByotClient({
      baseUrl: "https://authz.acme.com",
      workspaceId: "acme",
      fetch: async () => hidden,
    });

    await expect(byot.checkAuthorization(question)).rejects.toMatchObject({
      code: "redirect_refused",
      status: undefined,
    });
  });

  test("a closed port is named by the runtime's code", async () => {
    const server = await startFaultServer(answer);
    await server[Symbol.asyncDispose]();
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", retries: 0 });

    await expect(byot.checkAuthorization(question)).rejects.toMatchObject({
      code: "connection_failed",
      message: `could not reach \`${server.url}\`: ECONNREFUSED`,
      cause: { name: "TypeError", cause: { code: "ECONNREFUSED" } },
    });
  });
});

describe("an abort signal", () => {
  test("stops a check that is under way, with its own reason", async () => {
    const controller = new AbortController();
    await using server = await startFaultServer(() =>
      controller.abort(new Error("navigated away")),
    );
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });

    const check = byot.checkAuthorization({ ...question, signal: controller.signal });

    await expect(check).rejects.toThrow("navigated away");
  });

  test("stops a check before anything is sent", async () => {
    await using server = await startFaultServer(answer);
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });

    const check = byot.checkAuthorization({ ...question, signal: AbortSignal.abort() });

    await expect(check).rejects.toMatchObject({ name: "AbortError" });
    expect(server.seen).toEqual([]);
  });

  test("of many checks does not gather listeners", async () => {
    await using server = await startFaultServer(answer);
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");

    await byot.checkAuthorization({ ...question, signal });
    await byot.checkAuthorization({ ...question, signal });

    expect(added).toHaveBeenCalledTimes(2);
    expect(removed.mock.calls.map(([type, listener]) => [type, listener])).toEqual(
      added.mock.calls.map(([type, listener]) => [type, listener]),
    );
  });
});
