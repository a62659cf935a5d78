import { ByotClient, TokenRefusedError } from "@byot/sdk";
import { describe, expect, test } from "vitest";
import { allow, deny, question } from "./decisions.js";
import { json, problem, raw, startFaultServer } from "./fault-server.js";
import type { Behaviour } from "./fault-server.js";

describe("isAllowed", () => {
  test.each([
    ["an allow", true, allow],
    ["a deny", false, deny],
  ])("answers %s with %s", async (_name, expected, data) => {
    await using server = await startFaultServer(json(200, { data }));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });

    expect(await byot.isAllowed(question)).toBe(expected);
  });

  test("throws an error unless told otherwise", async () => {
    await using server = await startFaultServer(problem(401, "token_expired"));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });

    await expect(byot.isAllowed(question)).rejects.toThrow(TokenRefusedError);
    await expect(byot.isAllowed({ ...question, onError: "throw" })).rejects.toThrow(
      TokenRefusedError,
    );
  });

  test.each<[string, Behaviour]>([
    ["a refused token", problem(401, "token_expired")],
    ["a wrong API key", problem(401, "api_key_invalid")],
    ["an invalid request", problem(400, "request_invalid")],
    ["an unavailable server", problem(503, "audit_unavailable")],
    ["a page of a proxy", raw(200, "<html></html>", "text/html")],
  ])("counts %s as not allowed when errors deny", async (_name, behaviour) => {
    await using server = await startFaultServer(behaviour);
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", retries: 0 });

    expect(await byot.isAllowed({ ...question, onError: "deny" })).toBe(false);
  });

  test("does not send `onError` to the server", async () => {
    await using server = await startFaultServer(json(200, { data: allow }));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });

    await byot.isAllowed({ ...question, onError: "deny" });

    expect(server.seen[0]?.body).toEqual(question);
  });

  test("throws the reason of an aborted signal even when errors deny", async () => {
    const byot = new ByotClient({ baseUrl: "http://127.0.0.1:9", workspaceId: "acme" });
    const signal = AbortSignal.abort();

    const answer = byot.isAllowed({ ...question, onError: "deny", signal });

    await expect(answer).rejects.toMatchObject({ name: "AbortError" });
  });
});
