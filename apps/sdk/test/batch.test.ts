import { ByotClient } from "@byot/sdk";
import { describe, expect, test } from "vitest";
import { allow, deny, token } from "./decisions.js";
import { json, problem, startFaultServer } from "./fault-server.js";

const checks = [
  { resource: "orders", action: "read" },
  { resource: "orders", action: "approve", context: { orderAmount: 50_000 } },
];

async function ask(data: unknown): Promise<unknown> {
  await using server = await startFaultServer(json(200, { data }));
  return await new ByotClient({ baseUrl: server.url, workspaceId: "acme" }).checkAuthorizations({
    token,
    checks,
  });
}

describe("checkAuthorizations", () => {
  test("asks all questions in one request and answers in their order", async () => {
    await using server = await startFaultServer(
      json(200, { data: { revision: 12, decisions: [allow, deny] } }, { "X-Request-Id": "req-1" }),
    );
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });

    const result = await byot.checkAuthorizations({ token, checks, minRevision: 12 });

    expect(server.seen).toMatchObject([
      {
        method: "POST",
        url: "/v1/workspaces/acme/authorize/batch",
        body: { token, checks, minRevision: 12 },
      },
    ]);
    expect(result).toEqual({
      data: { revision: 12, decisions: [allow, deny] },
      requestId: "req-1",
    });
  });

  test("turns each allow with an unknown obligation into a deny", async () => {
    const obliged = { ...allow, obligations: [{ id: "notify", on: "Allow", attributes: {} }] };

    const result = await ask({ revision: 12, decisions: [obliged, allow] });

    expect(result).toMatchObject({ data: { decisions: [{ allowed: false }, { allowed: true }] } });
  });

  test("throws one error for all of them", async () => {
    await using server = await startFaultServer(problem(401, "token_expired"));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });

    await expect(byot.checkAuthorizations({ token, checks })).rejects.toMatchObject({
      name: "TokenRefusedError",
    });
  });

  test.each<[string, string, unknown]>([
    ["fewer answers than questions", "data.decisions", { revision: 12, decisions: [allow] }],
    [
      "more answers than questions",
      "data.decisions",
      { revision: 12, decisions: [allow, deny, deny] },
    ],
    ["no list", "data.decisions", { revision: 12, decisions: { 0: allow, 1: deny, length: 2 } }],
    ["no revision", "data.revision", { decisions: [allow, deny] }],
    [
      "answers of different revisions",
      "data.decisions",
      { revision: 12, decisions: [allow, { ...deny, revision: 11 }] },
    ],
    [
      "an answer that contradicts itself",
      "data.decisions",
      { revision: 12, decisions: [allow, { ...deny, allowed: true }] },
    ],
    ["one decision", "data.revision", allow.reason],
    ["nothing", "data", undefined],
  ])("refuses %s", async (_name, part, data) => {
    await expect(ask(data)).rejects.toMatchObject({
      code: "response_invalid",
      message: `the answer is not a decision: \`${part}\` is missing or wrong`,
    });
  });
});
