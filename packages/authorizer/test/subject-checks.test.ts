import { plainSubjectIssuer, type SubjectCheckRequest, systemResources } from "@byot/authorizer";
import { describe, expect, test } from "vitest";
import { allowWhen, configuration } from "./support/configuration.js";
import { startAuthorizer, type StartedParts } from "./support/start-authorizer.js";

function start(condition?: unknown, parts: StartedParts = {}) {
  const policies = condition === undefined ? undefined : [allowWhen(condition)];
  const settings = { logAttributes: "values" } as const;
  const given = policies === undefined ? { settings } : { policies, settings };
  const { authorizer, ...started } = startAuthorizer([configuration(given)], parts);
  return {
    ...started,
    checkSubject: async (request: Partial<SubjectCheckRequest> = {}) =>
      authorizer.checkSubject({
        workspaceId: "acme",
        requestId: "request-1",
        hasApiKey: true,
        subjectId: "ada",
        resource: "orders",
        action: "approve",
        ...request,
      }),
  };
}

function equal(attribute: string, value: unknown, type = "string"): object {
  return { function: `${type}_equal`, attribute, value };
}

describe("a subject without token", () => {
  test.each([
    ["by its id", equal("external_subject", "ada")],
    ["as no external principal", equal("is_external_principal", false, "boolean")],
    ["by its properties", equal("ext_plan", "premium")],
    ["by properties named as policies read them", equal("ext_role", "manager")],
  ])("is known %s", async (_, condition) => {
    const { checkSubject } = start(condition);
    const properties = { plan: "premium", ext_role: "manager" };

    expect(await checkSubject({ properties })).toMatchObject({ value: { allowed: true } });
  });

  test.each(["external_issuer", "external_audience"])("has no %s", async (attribute) => {
    const { checkSubject } = start({ function: "attribute_exists", attribute });
    const properties = { [attribute]: "https://idp.acme.test" };

    expect(await checkSubject({ properties })).toMatchObject({ value: { allowed: false } });
  });

  test.each<[string, Record<string, unknown>]>([
    ["an object", { plan: { tier: "premium" } }],
    ["a list with a list in it", { plan: [["premium"]] }],
    ["two values under one name", { plan: "premium", ext_plan: "premium" }],
  ])("has nothing that is excused as missing where a property is %s", async (_, properties) => {
    const { checkSubject } = start({ ...equal("ext_plan", "premium"), on_missing: "true" });

    expect(await checkSubject({ properties })).toMatchObject({
      value: { allowed: false, reason: "undetermined", errors: [{ code: "type_error" }] },
    });
  });

  test.each(["Plan", "my plan", "", "p".repeat(64), "9lives", "__proto__"])(
    "has no property that no policy could name: `%s`",
    async (name) => {
      const { checkSubject } = start();
      const properties: unknown = JSON.parse(`{ ${JSON.stringify(name)}: "premium" }`);

      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an object was parsed
      const checked = await checkSubject({ properties: properties as Record<string, unknown> });

      expect(checked).toMatchObject({ value: { allowed: true } });
    },
  );

  test("needs an API key, whatever the workspace says", async () => {
    const { checkSubject, decisions } = start();

    expect(await checkSubject({ hasApiKey: false })).toMatchObject({
      ok: false,
      error: { code: "api_key_missing" },
    });
    expect(decisions).toEqual([]);
  });

  test.each([...systemResources, "billing::refunds"])("is denied %s", async (resource) => {
    const { checkSubject } = start();

    expect(await checkSubject({ resource })).toMatchObject({
      value: { allowed: false, reason: "admin_resource_forbidden" },
    });
  });

  test("is recorded as one that no token speaks for", async () => {
    const { checkSubject, decisions } = start(equal("ext_plan", "premium"));

    const checked = await checkSubject({ properties: { plan: "premium" } });

    expect(checked).toMatchObject({ value: { allowed: true, decisionId: "id-1" } });
    expect(checked).not.toHaveProperty("value.tokenExpiresAt");
    expect(decisions).toMatchObject([
      {
        decisionId: "id-1",
        issuer: plainSubjectIssuer,
        providerId: plainSubjectIssuer,
        personal: {
          subject: "ada",
          attributes: [{ name: "ext_plan", origin: "caller", value: "premium" }],
        },
      },
    ]);
    expect(Object.keys(decisions[0]?.personal ?? {})).not.toContain("tokenIdHash");
  });

  test("is recorded with the server vouching that it is no external principal", async () => {
    const { checkSubject, decisions } = start(equal("is_external_principal", false, "boolean"));

    await checkSubject();

    expect(decisions[0]?.personal?.attributes).toEqual([
      { name: "is_external_principal", origin: "server", value: false },
    ]);
  });

  test("is not answered when the decision can not be recorded", async () => {
    const { checkSubject } = start(undefined, {
      append: () => Promise.reject(new Error("the disk is full")),
    });

    expect(await checkSubject()).toMatchObject({ error: { code: "audit_unavailable" } });
  });

  test("of an unknown workspace is refused", async () => {
    const { checkSubject } = start();

    expect(await checkSubject({ workspaceId: "globex" })).toMatchObject({
      error: { code: "workspace_unknown" },
    });
  });
});
