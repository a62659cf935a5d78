import { ByotClient } from "@byot/sdk";
import type { JsonValue } from "@byot/sdk";
import { describe, expect, test } from "vitest";
import { allow, apiKey, deny, explanation, question, token } from "./decisions.js";
import { json, startFaultServer } from "./fault-server.js";

describe("checkAuthorization", () => {
  test("answers an allow with its reason", async () => {
    await using server = await startFaultServer(
      json(200, { data: allow }, { "X-Request-Id": "req-1" }),
    );
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });

    const result = await byot.checkAuthorization({
      token,
      resource: "orders",
      action: "approve",
      context: { orderAmount: 50_000 },
    });

    expect(result).toEqual({ data: allow, requestId: "req-1" });
  });

  test("answers a deny with its reason and throws nothing", async () => {
    await using server = await startFaultServer(json(200, { data: deny }));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });

    const result = await byot.checkAuthorization(question);

    expect(result.data.allowed).toBe(false);
    expect(result.data.reason.code).toBe("denied_by_default");
  });

  test("sends the question, and nothing the caller did not give", async () => {
    await using server = await startFaultServer(json(200, { data: allow }));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });

    await byot.checkAuthorization({ token, resource: "orders", action: "read" });

    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]).toMatchObject({ method: "POST", url: "/v1/workspaces/acme/authorize" });
    expect(server.seen[0]?.body).toEqual({ token, resource: "orders", action: "read" });
    expect(server.seen[0]?.headers["content-type"]).toBe("application/json");
    expect(server.seen[0]?.headers).not.toHaveProperty("authorization");
    expect(server.seen[0]?.headers).not.toHaveProperty("x-request-id");
  });

  test("sends the API key and the request id when there are any", async () => {
    await using server = await startFaultServer(json(200, { data: allow }));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey });

    const result = await byot.checkAuthorization({ ...question, requestId: "checkout-42" });

    expect(server.seen[0]?.headers).toMatchObject({
      authorization: `Bearer ${apiKey}`,
      "x-request-id": "checkout-42",
    });
    expect(result.requestId).toBe("checkout-42");
  });

  test("passes on the explanation that was asked for", async () => {
    await using server = await startFaultServer(json(200, { data: { ...allow, explanation } }));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey });

    const result = await byot.checkAuthorization({ ...question, explain: true });

    expect(server.seen[0]?.body).toMatchObject({ explain: true });
    expect(result.data.explanation).toEqual(explanation);
  });

  test("keeps the path of the server's address", async () => {
    await using server = await startFaultServer(json(200, { data: allow }));
    const byot = new ByotClient({ baseUrl: `${server.url}/authz/`, workspaceId: "acme" });

    await byot.checkAuthorization(question);

    expect(server.seen[0]?.url).toBe("/authz/v1/workspaces/acme/authorize");
  });

  test("leaves out a token that is null at run time, for the server to answer", async () => {
    await using server = await startFaultServer(json(200, { data: deny }));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });
    const signedOut = { ...question };
    Object.assign(signedOut, { token: null });

    await byot.checkAuthorization(signedOut);

    expect(server.seen[0]?.body).not.toHaveProperty("token");
  });

  test("accepts a reason that a newer server may give", async () => {
    const reason = { code: "denied_by_quota", message: "too many orders today" };
    await using server = await startFaultServer(json(200, { data: { ...deny, reason } }));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });

    const result = await byot.checkAuthorization(question);

    expect(result.data.reason).toEqual(reason);
  });

  test("refuses a context that is not JSON", async () => {
    const byot = new ByotClient({ baseUrl: "http://127.0.0.1:9", workspaceId: "acme" });
    const context: Record<string, JsonValue> = {};
    context["self"] = context;

    const check = byot.checkAuthorization({ ...question, context });

    await expect(check).rejects.toThrow(
      new TypeError("`context` must be JSON: no cycles, no bigint"),
    );
  });

  test.each(["", "two words", "line\r\nbreak", "x".repeat(129)])(
    "refuses the request id %j",
    async (requestId) => {
      const byot = new ByotClient({ baseUrl: "http://127.0.0.1:9", workspaceId: "acme" });

      const check = byot.checkAuthorization({ ...question, requestId });

      await expect(check).rejects.toThrow(TypeError);
    },
  );
});

describe("obligations", () => {
  const obliged = {
    ...allow,
    obligations: [{ id: "notify", on: "Allow", attributes: { channel: "finance" } }],
  };

  test("an allow with an obligation the application does not know is a deny", async () => {
    await using server = await startFaultServer(json(200, { data: obliged }));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });

    const { data } = await byot.checkAuthorization(question);

    expect(data).toMatchObject({ allowed: false, decision: "Deny", decisionId: allow.decisionId });
    expect(data.reason.code).toBe("obligation_unknown");
    expect(data.reason.message).toContain("`notify`");
    expect(data.obligations).toEqual(obliged.obligations);
  });

  test("an allow with an obligation the application knows stays an allow", async () => {
    await using server = await startFaultServer(json(200, { data: obliged }));
    const byot = new ByotClient({
      baseUrl: server.url,
      workspaceId: "acme",
      knownObligations: ["notify"],
    });

    const { data } = await byot.checkAuthorization(question);

    expect(data).toEqual(obliged);
  });

  test("a deny stays the deny it is, whatever its obligations", async () => {
    const denied = { ...deny, obligations: obliged.obligations };
    await using server = await startFaultServer(json(200, { data: denied }));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });

    const { data } = await byot.checkAuthorization(question);

    expect(data).toEqual(denied);
  });
});
