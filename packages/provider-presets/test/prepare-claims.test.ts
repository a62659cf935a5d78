import { mapClaims } from "@byot/claim-mapper";
import { explainClaims, findPreset, prepareClaims, presets } from "@byot/provider-presets";
import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";

// Thousands of runs each: a slow machine may take its time, as long as every one of them holds.
vi.setConfig({ testTimeout: 60_000 });

function derivedOf(providerType: string, claims: Record<string, unknown>): unknown {
  return prepareClaims(providerType, claims)["byot"];
}

function codesOf(providerType: string, claims: Record<string, unknown>) {
  return explainClaims(providerType, claims).map(({ code }) => code);
}

function session(fea: unknown, per: unknown, fpm: unknown) {
  return { v: 2, fea, o: { id: "org_2a", rol: "admin", per, fpm } };
}

describe("the permissions of a Clerk session", () => {
  test.each([
    [
      "the lowest bit stands for the first name",
      session("o:dashboard,o:teams", "manage,read", "3,2"),
      ["org:dashboard:manage", "org:dashboard:read", "org:teams:read"],
    ],
    ["a zero stands for none", session("o:dashboard,o:teams", "read", "0,1"), ["org:teams:read"]],
    [
      "features of the person alone have no number",
      session("u:profile,o:teams", "read", "1"),
      ["org:teams:read"],
    ],
    ["features of both have one", session("uo:teams", "read", "1"), ["org:teams:read"]],
    ["there may be none at all", session("o:teams", undefined, undefined), []],
    ["there may be no features either", session(undefined, "", ""), []],
    [
      "there may be more names than a number has bits",
      session("o:a", Array.from({ length: 70 }, (_, n) => `p${n}`).join(","), String(2n ** 69n)),
      ["org:a:p69"],
    ],
  ])("are decoded: %s", (_name, claims, permissions) => {
    expect(derivedOf("clerk", claims)).toEqual({ permissions });
    expect(codesOf("clerk", claims)).toEqual([]);
  });

  test.each([
    ["a number without a feature", session("o:teams", "read", "1,1")],
    ["a feature without a number", session("o:teams,o:billing", "read", "1")],
    ["a bit without a name", session("o:teams", "read", "2")],
    ["no numbers", session("o:teams", "read", undefined)],
    ["no names", session("o:teams", undefined, "1")],
    ["no features", session(undefined, "read", "1")],
    ["a negative number", session("o:teams", "read", "-1")],
    ["a number that is none", session("o:teams", "read", "0x1")],
    ["an empty name", session("o:teams", "read,,write", "1")],
    ["a list instead of a text", session(["o:teams"], "read", "1")],
    ["a number instead of a text", session("o:teams", "read", 1)],
    ["a text instead of an organization", { v: 2, o: "org_2a" }],
  ])("are unusable, not empty, with %s", (_name, claims) => {
    const { attributes } = mapClaims(
      prepareClaims("clerk", claims),
      findPreset("clerk")?.claimMappings ?? [],
    );

    expect(attributes.get("ext_permissions")).toEqual({ invalid: "wrong_type" });
    expect(codesOf("clerk", claims)).toEqual(["permissions_undecodable"]);
  });

  test("are missing outside an organization", () => {
    expect(derivedOf("clerk", { v: 2, fea: "u:profile" })).toEqual({});
    expect(derivedOf("clerk", { v: 2, o: null })).toEqual({});
  });

  test("are those of the masks, whichever they are", () => {
    const names = ["create", "read", "update", "delete"];
    fc.assert(
      fc.property(fc.array(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 })), (granted) => {
        fc.pre(granted.length > 0);
        const masks = granted.map((bits) =>
          bits.reduce((mask, bit, index) => mask + (bit ? 2 ** index : 0), 0),
        );
        const features = granted.map((_bits, index) => `o:f${index}`);
        const claims = session(features.join(","), names.join(","), masks.join(","));

        const expected = granted.flatMap((bits, feature) =>
          names.filter((_, index) => bits[index] === true).map((name) => `org:f${feature}:${name}`),
        );
        expect(derivedOf("clerk", claims)).toEqual({ permissions: expected });
      }),
    );
  });
});

describe("the groups of Entra", () => {
  test.each([
    ["`_claim_names`", { _claim_names: { groups: "src1" } }],
    ["`hasgroups`", { hasgroups: true }],
    ["`hasgroups` as text", { hasgroups: "true" }],
    ["`_claim_names` beside some groups", { _claim_names: { groups: "src1" }, groups: ["a"] }],
  ])("are unusable when there are too many of them: %s", (_name, claims) => {
    const mapping = {
      attribute: "groups",
      jwtPath: ["byot", "groups"],
      type: "string_set",
      default: [],
    } as const;
    const { attributes } = mapClaims(prepareClaims("entra", claims), [mapping]);

    expect(attributes.get("ext_groups")).toEqual({ invalid: "wrong_type" });
    const [note] = explainClaims("entra", claims);
    expect(note).toMatchObject({ code: "groups_overage", claim: "groups" });
    expect(note?.message).toContain("more groups than fit into a token");
  });

  test("are what they are otherwise", () => {
    expect(derivedOf("entra", { groups: ["a"], _claim_names: { other: "src1" } })).toEqual({
      groups: ["a"],
      groups_overage: false,
    });
    expect(derivedOf("entra", {})).toEqual({ groups_overage: false });
  });
});

describe("other derived claims", () => {
  test("name the claims of Auth0 by the end of their namespace", () => {
    const claims = { "https://acme.com/roles": ["a"], "http://acme.com/x/plan": "b", roles: ["c"] };

    expect(derivedOf("auth0", claims)).toEqual({ namespaced: { roles: ["a"], plan: "b" } });
  });

  test("do not choose between two namespaces of Auth0", () => {
    const claims = { "https://a.com/roles": ["a"], "https://b.com/roles": ["b"] };

    expect(derivedOf("auth0", claims)).toEqual({
      namespaced: { roles: { underivable: "namespace_ambiguous" } },
    });
    expect(codesOf("auth0", claims)).toEqual(["namespace_ambiguous"]);
  });

  test.each([
    ["keycloak", { resource_access: "orders" }],
    ["keycloak", { resource_access: { orders: ["approver"] } }],
    ["keycloak", { resource_access: { orders: { roles: [1] } } }],
    ["zitadel", { "urn:zitadel:iam:org:project:roles": ["approver"] }],
    ["zitadel", { "urn:zitadel:iam:org:project:314:roles": { approver: "acme" } }],
  ])("of %s are unusable where the roles are not as they should be", (type, claims) => {
    expect(codesOf(type, claims)).toEqual(["roles_undecodable"]);
  });

  test("merge the projects of ZITADEL", () => {
    expect(
      derivedOf("zitadel", {
        "urn:zitadel:iam:org:project:roles": { reader: { "1": "acme" } },
        "urn:zitadel:iam:org:project:314:roles": { reader: { "2": "umbrella" }, owner: {} },
      }),
    ).toEqual({ roles: ["reader", "owner"], organization_roles: ["1:reader", "2:reader"] });
  });

  test("tell of an ID token of Cognito", () => {
    expect(codesOf("cognito", { token_use: "id" })).toEqual(["not_an_access_token"]);
    expect(codesOf("cognito", { token_use: "access" })).toEqual([]);
  });
});

describe("prepared claims", () => {
  test("are the same where nothing has to be derived", () => {
    const claims = { sub: "ada" };

    expect(prepareClaims("oidc", claims)).toBe(claims);
    expect(prepareClaims("unheard-of", claims)).toBe(claims);
    expect(explainClaims("unheard-of", claims)).toEqual([]);
  });

  test("replace what a token says in their place", () => {
    const claims = { byot: { permissions: ["org:teams:delete"] } };

    expect(prepareClaims("clerk", claims)).toEqual({ byot: {} });
  });

  test("cannot be stood before by a claim named like a path", () => {
    const claims = { "byot.permissions": ["org:teams:delete"], v: 2 };
    const { attributes } = mapClaims(
      prepareClaims("clerk", claims),
      findPreset("clerk")?.claimMappings ?? [],
    );

    expect(attributes.has("ext_permissions")).toBe(false);
  });

  test("leave the claims as they are, and never throw", () => {
    const names = fc.constantFrom(
      "o",
      "fea",
      "per",
      "fpm",
      "groups",
      "_claim_names",
      "resource_access",
      "roles",
      "https://acme.com/roles",
      "https://acme.com/__proto__",
      "urn:zitadel:iam:org:project:roles",
      "__proto__",
      "constructor",
      "byot",
    );
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom<unknown>(null, "o:a", "1", 1, true),
        fc.array(tie("value"), { maxLength: 2 }),
        fc.dictionary(names, tie("value"), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).value;
    fc.assert(
      fc.property(
        fc.constantFrom(...presets),
        fc.dictionary(names, json, { noNullPrototype: true }),
        ({ providerType, claimMappings }, claims) => {
          const before = JSON.stringify(claims);
          const prepared = prepareClaims(providerType, claims);

          expect(Object.getPrototypeOf(prepared)).toBe(Object.prototype);
          expect(() => mapClaims(prepared, claimMappings)).not.toThrow();
          expect(prepareClaims(providerType, prepared)).toEqual(prepared);
          expect(JSON.stringify(claims)).toBe(before);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
