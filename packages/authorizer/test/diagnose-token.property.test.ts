import { diagnoseToken } from "@byot/authorizer";
import { anything, assert, asyncProperty, dictionary, jsonValue, string } from "fast-check";
import { expect, test } from "vitest";
import { configuration } from "./support/configuration.js";
import { noon } from "./support/identity-provider.js";
import { signToken } from "./support/sign-token.js";
import { realVerifier, startAuthorizer } from "./support/start-authorizer.js";

const workspace = configuration();
const verifier = realVerifier();
const { check } = startAuthorizer([workspace]);

/** Diagnoses a token, and holds that against what a check says of it. */
async function expectAgreement(token: unknown): Promise<void> {
  const [provider] = workspace.providers;
  if (provider === undefined) {
    throw new TypeError("the configuration has one provider");
  }
  const [{ failure, steps }, checked] = [
    await diagnoseToken({ verifier, clock: () => noon }, { token, provider, showClaims: true }),
    await check({ token }),
  ];

  expect(failure?.code).toBe(checked.ok ? undefined : checked.error.code);
  expect(steps.filter(({ status }) => status === "failed")).toHaveLength(failure ? 1 : 0);
  expect(JSON.stringify(failure?.cause ?? "")).not.toContain("\\n");
}

test("the doctor refuses what a check refuses, with the same code, whatever the token", async () => {
  await assert(asyncProperty(anything(), expectAgreement));
});

test("the doctor refuses what a check refuses, whatever a signed token says", async () => {
  const members = dictionary(string(), jsonValue(), { maxKeys: 4 });
  await assert(
    asyncProperty(members, members, async (claims, header) => {
      await expectAgreement(signToken(claims, header));
    }),
  );
});

const registered = ["iss", "aud", "sub", "exp", "nbf", "iat", "azp", "alg", "typ", "kid", "crit"];

test("the doctor refuses what a check refuses, whatever a registered member is", async () => {
  await assert(
    asyncProperty(jsonValue(), async (value) => {
      for (const name of registered) {
        await expectAgreement(signToken({ [name]: value }));
        await expectAgreement(signToken({}, { [name]: value }));
      }
    }),
    { numRuns: 20 },
  );
});
