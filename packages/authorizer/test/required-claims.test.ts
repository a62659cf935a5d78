import type { ClaimMapping } from "@byot/claim-mapper";
import type { JsonObject } from "@byot/local-idp";
import { describe, expect, test } from "vitest";
import { configuration } from "./support/configuration.js";
import { issueToken } from "./support/identity-provider.js";
import { startAuthorizer } from "./support/start-authorizer.js";

const plan: ClaimMapping = { attribute: "plan", jwtPath: "metadata.plan", required: true };

async function checkWith(claimMappings: readonly ClaimMapping[], claims: JsonObject) {
  const { check, refusals } = startAuthorizer([configuration({ provider: { claimMappings } })]);
  const token = await issueToken("nobody", { claims });
  return { checked: await check({ token }), refusals };
}

describe("a required claim", () => {
  test("that is there lets the token pass", async () => {
    const { checked, refusals } = await checkWith([plan], { metadata: { plan: "premium" } });

    expect(checked).toMatchObject({ ok: true, value: { allowed: true } });
    expect(refusals).toEqual([]);
  });

  test.each([
    ["is missing", {}, "token_claim_missing", "is missing"],
    ["is null", { metadata: { plan: null } }, "token_claim_missing", "is missing"],
    [
      "is an object",
      { metadata: { plan: { name: "premium" } } },
      "token_claim_invalid",
      "is unusable: neither a string, number, boolean nor an array of strings or numbers",
    ],
    [
      "is longer than an attribute may be",
      { metadata: { plan: "premium".repeat(200) } },
      "token_claim_invalid",
      "is unusable: a string of more than 1,024 characters",
    ],
  ])("that %s refuses the token, naming the claim", async (...[, claims, code, outcome]) => {
    const { checked, refusals } = await checkWith([plan], claims);

    const detail = `claim \`metadata.plan\` for attribute \`plan\` ${outcome}`;
    expect(checked).toEqual({ ok: false, error: { code, detail } });
    expect(refusals).toMatchObject([{ code }]);
  });

  test("decides even when an optional claim before it is missing too", async () => {
    const role: ClaimMapping = { attribute: "role", jwtPath: "role" };

    const { checked } = await checkWith([role, plan], {});

    expect(checked).toMatchObject({ ok: false, error: { code: "token_claim_missing" } });
  });
});

describe("an optional claim", () => {
  const optional: ClaimMapping = { attribute: "plan", jwtPath: "metadata.plan" };

  test.each([
    ["is missing", {}],
    ["is unusable", { metadata: { plan: { name: "premium" } } }],
  ])("that %s leaves the answer to the policies", async (_, claims) => {
    const { checked } = await checkWith([optional], claims);

    expect(checked).toMatchObject({ ok: true, value: { allowed: true } });
  });
});
