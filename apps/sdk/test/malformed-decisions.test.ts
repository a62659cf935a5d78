import { ByotClient, ByotError } from "@byot/sdk";
import { describe, expect, test } from "vitest";
import { allow, deny, question } from "./decisions.js";
import { raw, startFaultServer } from "./fault-server.js";

async function ask(body: string, contentType?: string): Promise<unknown> {
  await using server = await startFaultServer(raw(200, body, contentType));
  const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });
  return await byot.checkAuthorization(question);
}

function without(key: keyof typeof allow): object {
  return Object.fromEntries(Object.entries(allow).filter(([name]) => name !== key));
}

describe("a 200 that is not a decision", () => {
  test.each([
    ["a page of a proxy", "<!doctype html><title>Sign in</title>"],
    ["an empty body", ""],
    ["truncated JSON", JSON.stringify({ data: allow }).slice(0, -2)],
    ["a bare true", "true"],
    ["null", "null"],
    ["a list", "[]"],
    ["a decision without its envelope", JSON.stringify(allow)],
    ["no data", "{}"],
    ["data that is null", '{"data":null}'],
    ["data that is a list", '{"data":[]}'],
    ["data behind `__proto__`", JSON.stringify({ data: allow }).replace("data", "__proto__")],
  ])("is refused: %s", async (_name, body) => {
    await expect(ask(body)).rejects.toMatchObject({
      name: "ByotError",
      code: "response_invalid",
      status: 200,
      message: "the answer is not a decision: `data` is missing or wrong",
    });
  });

  test.each<[string, object]>([
    ["data.allowed", { ...allow, allowed: "yes" }],
    ["data.allowed", { ...allow, allowed: "true" }],
    ["data.allowed", { ...allow, allowed: 1 }],
    ["data.allowed", { ...allow, allowed: null }],
    ["data.allowed", without("allowed")],
    ["data.decision", { ...allow, decision: "allow" }],
    ["data.decision", { ...allow, decision: "Indeterminate" }],
    ["data.decision", without("decision")],
    ["data.reason", { ...allow, reason: "allowed_by_rule" }],
    ["data.reason", { ...allow, reason: { code: "allowed_by_rule" } }],
    ["data.reason", without("reason")],
    ["data.decisionId", without("decisionId")],
    ["data.revision", { ...allow, revision: "12" }],
    ["data.revision", { ...allow, revision: 1.5 }],
    ["data.evaluatedAt", { ...allow, evaluatedAt: "yesterday" }],
    ["data.evaluatedAt", { ...allow, evaluatedAt: "2026-02-99T00:00:00Z" }],
    ["data.tokenExpiresAt", { ...allow, tokenExpiresAt: "1772445600" }],
    ["data.tokenExpiresAt", without("tokenExpiresAt")],
    ["data.obligations", without("obligations")],
    ["data.obligations", { ...allow, obligations: [{ id: "notify", on: "Allow" }] }],
    ["data.obligations", { ...allow, obligations: ["notify"] }],
    [
      "data.obligations",
      { ...allow, obligations: [{ id: "notify", on: "Maybe", attributes: {} }] },
    ],
    ["data.explanation", { ...allow, explanation: "because" }],
  ])("is refused for `%s`", async (part, data) => {
    await expect(ask(JSON.stringify({ data }))).rejects.toThrow(
      `the answer is not a decision: \`${part}\` is missing or wrong`,
    );
  });

  test.each<[string, object]>([
    [
      "allowed for a reason of no known kind",
      { ...allow, reason: { code: "fine", message: "fine" } },
    ],
    ["allowed, yet Deny", { ...allow, decision: "Deny" }],
    ["not allowed, yet Allow", { ...deny, decision: "Allow" }],
    ["allowed for a reason that denies", { ...allow, reason: deny.reason }],
    ["denied for a reason that allows", { ...deny, reason: allow.reason }],
  ])("is refused when it contradicts itself: %s", async (_name, data) => {
    await expect(ask(JSON.stringify({ data }))).rejects.toThrow(ByotError);
  });

  test("is refused when `allowed` is inherited", async () => {
    const body = JSON.stringify({ data: { ...without("allowed"), proto: { allowed: true } } });

    await expect(ask(body.replace('"proto"', '"__proto__"'))).rejects.toThrow("`data.allowed`");
  });

  test("is taken by its shape, not by its content type", async () => {
    const result = await ask(JSON.stringify({ data: deny }), "text/plain");

    expect(result).toMatchObject({ data: deny });
  });
});
