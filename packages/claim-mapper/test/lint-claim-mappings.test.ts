import { type ClaimMapping, lintClaimMappings, mappedAttributes } from "@byot/claim-mapper";
import { describe, expect, test } from "vitest";

const verified: ClaimMapping = { attribute: "email_verified", jwtPath: "email_verified" };

function codesFor(...mappings: readonly ClaimMapping[]) {
  return lintClaimMappings(mappings).map(({ code, path }) => `${code} ${path}`);
}

describe("a warning about mappings", () => {
  test.each<[string, ClaimMapping]>([
    ["an e-mail address", { attribute: "user_id", jwtPath: "email" }],
    ["a name people choose", { attribute: "owner", jwtPath: "preferred_username" }],
    ["a user principal name", { attribute: "subject", jwtPath: { anyOf: ["oid", "upn"] } }],
    ["a nested e-mail address", { attribute: "id", jwtPath: "user.email" }],
    ["Cognito's user name", { attribute: "account_id", jwtPath: ["cognito:username"] }],
  ])("is given for %s as an identity", (_name, mapping) => {
    expect(codesFor(mapping, verified)).toEqual(["mutable_identity /0/jwtPath"]);
  });

  test("says what an identity is", () => {
    expect(lintClaimMappings([{ attribute: "user_id", jwtPath: "upn" }])).toEqual([
      {
        code: "mutable_identity",
        attribute: "user_id",
        path: "/0/jwtPath",
        message:
          "`upn` can change and can pass to somebody else; a person is `external_issuer` and `external_subject` together",
      },
    ]);
  });

  test("is given for an e-mail address without `email_verified`", () => {
    const email: ClaimMapping = { attribute: "email", jwtPath: "email" };

    expect(codesFor(email)).toEqual(["email_not_verified /0/jwtPath"]);
    expect(codesFor(verified, email)).toEqual([]);
  });

  test.each(["user_metadata.plan", 'user_metadata["plan"]', "unsafe_metadata.plan"])(
    "is given for what people write themselves: %s",
    (jwtPath) => {
      expect(codesFor({ attribute: "plan", jwtPath })).toEqual(["self_asserted_claim /0/jwtPath"]);
    },
  );

  test.each([
    ["iss", "external_issuer"],
    ["sub", "external_subject"],
    ["aud", "external_audience"],
  ])("is given for %s, which policies read as %s", (jwtPath, name) => {
    const findings = lintClaimMappings([{ attribute: "person", jwtPath: [jwtPath] }]);

    expect(findings).toMatchObject([{ code: "already_available" }]);
    expect(findings[0]?.message).toContain(name);
  });

  test("is not given for what is as it should be", () => {
    expect(
      codesFor(
        { attribute: "plan", jwtPath: "app_metadata.plan" },
        { attribute: "user_id", jwtPath: "oid" },
        { attribute: "act_sub", jwtPath: "act.sub" },
        { attribute: "name", jwtPath: "name" },
      ),
    ).toEqual([]);
  });
});

test("the attributes of mappings are listed by the names policies read", () => {
  expect(
    mappedAttributes([
      { attribute: "plan", jwtPath: "plan", required: true },
      { attribute: "roles", jwtPath: "roles", type: "string_set", default: [] },
    ]),
  ).toEqual([
    { attribute: "ext_plan", required: true, hasDefault: false },
    { attribute: "ext_roles", type: "string_set", required: false, hasDefault: true },
  ]);
});
