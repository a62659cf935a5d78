import type { BatchCheckRequest } from "@byot/authorizer";
import { describe, expect, test } from "vitest";
import { allowWhen, configuration } from "./support/configuration.js";
import { issueToken, noon } from "./support/identity-provider.js";
import { realVerifier, startAuthorizer } from "./support/start-authorizer.js";

const ada = await issueToken("ada");
const small = {
  function: "integer_less_equal",
  attribute: "request_metadata",
  metadata_key: "amount",
  value: 100,
};
const acme = configuration({ policies: [allowWhen(small)], revision: 42 });

function batch(checks: BatchCheckRequest["checks"], token: unknown = ada): BatchCheckRequest {
  return { workspaceId: "acme", requestId: "request-1", token, checks };
}

const order = { resource: "orders", action: "approve" };

describe("a batch of checks", () => {
  test("is answered in the order of its questions, on one revision and at one time", async () => {
    const { authorizer } = startAuthorizer([acme]);

    const checked = await authorizer.checkBatch(
      batch([
        { ...order, context: { amount: 50 } },
        { ...order, context: { amount: 500 } },
        { resource: "billing", action: "read" },
        { resource: "invoices", action: "read" },
      ]),
    );

    expect(checked).toMatchObject({
      ok: true,
      value: {
        revision: 42,
        decisions: [
          { allowed: true, reason: "allowed_by_rule", decisionId: "id-1" },
          { allowed: false, reason: "denied_by_default", decisionId: "id-2" },
          { allowed: false, reason: "admin_resource_forbidden", decisionId: "id-3" },
          { allowed: false, reason: "unknown_resource", decisionId: "id-4" },
        ],
      },
    });
    const decisions = checked.ok ? checked.value.decisions : [];
    expect(new Set(decisions.map(({ evaluatedAt }) => evaluatedAt.getTime()))).toEqual(
      new Set([noon.getTime()]),
    );
    expect(decisions.every(({ tokenExpiresAt }) => tokenExpiresAt > noon)).toBe(true);
  });

  test("verifies its token once", async () => {
    const verifier = realVerifier();
    let verifications = 0;
    const { authorizer } = startAuthorizer([acme], {
      verifier: {
        verify: (...question) => {
          verifications += 1;
          return verifier.verify(...question);
        },
      },
    });

    await authorizer.checkBatch(batch([order, order, order]));

    expect(verifications).toBe(1);
  });

  test("is recorded in one go, a record for each decision", async () => {
    const writes: (readonly string[])[] = [];
    const { authorizer } = startAuthorizer([acme], {
      append: (records) =>
        Promise.resolve(void writes.push(records.map(({ decisionId }) => decisionId))),
    });

    await authorizer.checkBatch(batch([order, order, order]));

    expect(writes).toEqual([["id-1", "id-2", "id-3"]]);
  });

  test("is not answered at all when it can not be recorded", async () => {
    const { authorizer } = startAuthorizer([acme], {
      append: () => Promise.reject(new Error("the disk is full")),
    });

    expect(await authorizer.checkBatch(batch([order, order]))).toMatchObject({
      ok: false,
      error: { code: "audit_unavailable" },
    });
  });

  test("without questions has no decisions, but needs a good token", async () => {
    const { authorizer } = startAuthorizer([acme]);

    expect(await authorizer.checkBatch(batch([]))).toEqual({
      ok: true,
      value: { revision: 42, decisions: [] },
    });
    expect(await authorizer.checkBatch(batch([], "not a token"))).toMatchObject({ ok: false });
  });

  test("of more than 512 questions is a mistake in the calling code", async () => {
    const { authorizer } = startAuthorizer([acme]);
    const many = batch(Array.from({ length: 513 }, () => order));

    await expect(authorizer.checkBatch(many)).rejects.toThrow(
      new TypeError("a batch holds at most 512 questions"),
    );
  });

  test.each([
    ["one question", [order], order],
    ["several", [order, { resource: "reports", action: "read" }], { resource: "*", action: "*" }],
  ])("whose token is refused is one record, of what it asked: %s", async (_, checks, asked) => {
    const { authorizer, refusals } = startAuthorizer([acme]);

    const checked = await authorizer.checkBatch(batch(checks, "not a token"));

    expect(checked).toMatchObject({ ok: false, error: { code: "token_malformed" } });
    expect(refusals).toMatchObject([{ code: "token_malformed", ...asked }]);
  });
});
