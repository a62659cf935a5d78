import type { PrepareClaims } from "@byot/authorizer";
import { describe, expect, test } from "vitest";
import { allowWhen, configuration } from "./support/configuration.js";
import { issueToken } from "./support/identity-provider.js";
import { startAuthorizer } from "./support/start-authorizer.js";

const approver = { function: "string_equal", attribute: "ext_role", value: "approver" };
const workspace = configuration({
  provider: {
    providerType: "clerk",
    claimMappings: [{ attribute: "role", jwtPath: ["byot", "role"], required: true }],
  },
  policies: [allowWhen(approver)],
});
const token = await issueToken("ada", { claims: { coded_role: 7 } });

describe("the claims that are mapped", () => {
  test("are those that the provider's product was read into", async () => {
    const asked: unknown[] = [];
    const prepareClaims: PrepareClaims = (providerType, claims) => {
      asked.push(providerType, claims["coded_role"]);
      return { ...claims, byot: { role: "approver" } };
    };
    const { check } = startAuthorizer([workspace], { prepareClaims });

    const checked = await check({ token });

    expect(checked).toMatchObject({ ok: true, value: { allowed: true } });
    expect(asked).toEqual(["clerk", 7]);
  });

  test("are those of the token when nobody reads more into them", async () => {
    const { check } = startAuthorizer([workspace]);

    const checked = await check({ token });

    expect(checked).toMatchObject({ ok: false, error: { code: "token_claim_missing" } });
  });

  test("are never read from a token that was refused", async () => {
    const { check } = startAuthorizer([workspace], { prepareClaims: refuseToPrepare });

    const checked = await check({ token: await issueToken("ada", { audience: "other-api" }) });

    expect(checked).toMatchObject({ ok: false, error: { code: "token_audience_mismatch" } });
  });
});

function refuseToPrepare(): never {
  throw new Error("nothing may be read");
}
