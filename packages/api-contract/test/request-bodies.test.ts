import { defaultWorkspaceSettings, maximumBatchChecks } from "@byot/api-contract";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { everyRoute } from "./support/every-route.js";
import {
  apiKey,
  batch,
  bodyByRoute,
  check,
  configuration,
  fullProvider,
  head,
  mappings,
  permission,
  policy,
  provider,
  resource,
  settings,
  simulation,
} from "./support/example-bodies.js";

const taking = everyRoute.filter(({ bodyLimitBytes }) => bodyLimitBytes > 0);

function bodyOf(name: string): z.ZodType {
  const route = everyRoute.find((each) => each.name === name);
  if (route === undefined) {
    throw new TypeError(`there is no route ${name}`);
  }
  return route.body;
}

/** Where a schema sees mistakes, as `a.0.b`. */
function mistakes(name: string, body: unknown): readonly string[] {
  const read = bodyOf(name).safeParse(body);
  return read.success ? [] : read.error.issues.map(({ path }) => path.join("."));
}

// A draft may be wrong in every way: the policy engine says how.
const anyObject = new Set(["policies.validate"]);

describe.each(taking.map(({ name, body }) => ({ name, body })))(
  "the body of $name",
  ({ name, body }) => {
    const example = bodyByRoute[name];

    test("may be the one of the documentation", () => {
      expect(body.parse(example)).toMatchObject({ ...example });
    });

    test.each([null, undefined, [], [example], "text", 42, true])("is not %j", (value) => {
      expect(body.safeParse(value).success).toBe(false);
    });

    const unknown = anyObject.has(name) ? [] : ["unknown", "constructor", "__proto__", "toString"];

    test.each(unknown)("has no field `%s`", (field) => {
      const json = JSON.stringify(example).replace(/^\{/, `{${JSON.stringify(field)}:{},`);

      const read = body.safeParse(JSON.parse(json));

      expect(read.error?.issues).toMatchObject([{ code: "unrecognized_keys", keys: [field] }]);
    });

    test("is read without changing it", () => {
      const before = JSON.stringify(example);

      body.parse(example);

      expect(JSON.stringify(example)).toBe(before);
    });
  },
);

describe("what a body leaves out", () => {
  test.each([
    [
      "decisions.authorize",
      { resource: "orders", action: "approve" },
      { context: {}, explain: false },
    ],
    ["workspaces.create", { id: "acme", name: "Acme" }, { settings: defaultWorkspaceSettings }],
    [
      "workspaces.create",
      { id: "acme", name: "Acme", settings: {} },
      { settings: defaultWorkspaceSettings },
    ],
    [
      "providers.create",
      { name: "Acme", issuer: "https://idp.acme.test", allowedAudiences: ["acme-api"] },
      { providerType: "oidc", enabled: true, claimMappings: [] },
    ],
    ["policies.create", { name: "order_approval" }, { appliesTo: [] }],
    ["resources.create", resource, { category: "custom" }],
    ["permissions.create", permission, { priority: 0 }],
  ])("has its default in %s", (name, body, defaults) => {
    expect(bodyOf(name).parse(body)).toEqual({ ...body, ...defaults });
  });

  test.each([
    ["workspaces.replace", { name: "Acme" }, ["settings"]],
    ...Object.keys(settings).map((setting): [string, unknown, readonly string[]] => [
      "workspaces.replace",
      { name: "Acme", settings: { ...settings, [setting]: undefined } },
      ["settings", setting],
    ]),
    [
      "providers.replace",
      { name: "Acme", issuer: "https://idp.acme.test", allowedAudiences: ["acme-api"] },
      ["enabled"],
    ],
  ])("has no default in %s where it would take a protection away", (name, body, path) => {
    expect(bodyOf(name).safeParse(body).error?.issues).toMatchObject([{ path }]);
  });

  test("is not shared between requests", () => {
    const body = { resource: "orders", action: "approve" };
    const [first, second] = [1, 2].map(() => bodyOf("decisions.authorize").parse(body));

    expect(first).toHaveProperty("context", {});
    expect(Object.is(contextOf(first), contextOf(second))).toBe(false);
  });
});

describe("a check", () => {
  test.each([
    ["a token that is null", { token: null }, ["token"]],
    ["a token in a list", { token: ["a.b.c"] }, ["token"]],
    ["a resource without a name", { resource: "" }, ["resource"]],
    ["a resource of 256 characters", { resource: "r".repeat(256) }, ["resource"]],
    ["an action that is no text", { action: 1 }, ["action"]],
    ["a context that is a list", { context: [] }, ["context"]],
    ["a context that is null", { context: null }, ["context"]],
    ["a context that is text", { context: "{}" }, ["context"]],
    ["`explain` as a word", { explain: "true" }, ["explain"]],
  ])("is refused with %s", (_, change, where) => {
    expect(mistakes("decisions.authorize", { ...check, ...change })).toEqual(where);
  });

  test.each([
    ["a revision that no workspace has", { minRevision: 0 }, ["minRevision"]],
    ["a revision of a half", { minRevision: 1.5 }, ["minRevision"]],
    ["a revision as text", { minRevision: "12" }, ["minRevision"]],
    ["an address with a prefix length", { clientIp: "10.0.0.0/8" }, ["clientIp"]],
    ["an address with a zone", { clientIp: "fe80::1%eth0" }, ["clientIp"]],
    ["an address with a port", { clientIp: "192.0.2.1:443" }, ["clientIp"]],
    ["an address with leading zeros", { clientIp: "192.0.02.1" }, ["clientIp"]],
    ["an address with a line break", { clientIp: "192.0.2.1\n" }, ["clientIp"]],
    ["an address that was forwarded", { clientIp: "192.0.2.1, 10.0.0.1" }, ["clientIp"]],
    ["no address", { clientIp: "" }, ["clientIp"]],
  ])("is refused with %s", (_, change, where) => {
    expect(mistakes("decisions.authorize", { ...check, ...change })).toEqual(where);
  });

  test.each(["192.0.2.1", "2001:db8::1", "2001:DB8::1", "::ffff:192.0.2.1"])(
    "may come from `%s` and ask for a revision",
    (clientIp) => {
      const asked = { ...check, clientIp, minRevision: 1 };

      expect(bodyOf("decisions.authorize").parse(asked)).toMatchObject(asked);
    },
  );

  test("may ask for anything by any name, so that an unknown one is a Deny", () => {
    const asked = { ...check, resource: "Billing Reports!", action: "*" };

    expect(mistakes("decisions.authorize", asked)).toEqual([]);
  });

  test("may have 64 keys in its context and no more", () => {
    expect(mistakes("decisions.authorize", { ...check, context: keys(64) })).toEqual([]);
    expect(mistakes("decisions.authorize", { ...check, context: keys(65) })).toEqual(["context"]);
  });

  test("may nest its context 8 levels deep and no deeper, in objects and in lists", () => {
    const lists = { a: [[[[[[["8th"]]]]]]] };

    expect(mistakes("decisions.authorize", { ...check, context: nested(8) })).toEqual([]);
    expect(mistakes("decisions.authorize", { ...check, context: nested(9) })).toEqual(["context"]);
    expect(mistakes("decisions.authorize", { ...check, context: lists })).toEqual([]);
    expect(mistakes("decisions.authorize", { ...check, context: { a: [lists] } })).toEqual([
      "context",
    ]);
  });

  test("keeps a `__proto__` key in its context a key, and its prototype untouched", () => {
    const context: unknown = JSON.parse('{"__proto__":{"admin":true}}');

    const read = contextOf(bodyOf("decisions.authorize").parse({ ...check, context }));

    expect(Object.keys(Object(read))).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(read).not.toHaveProperty("admin");
  });
});

describe("a batch of checks", () => {
  const question = { resource: "orders", action: "read" };

  test.each([
    ["no question", { checks: [] }, ["checks"]],
    ["101 questions", { checks: Array.from({ length: 101 }, () => question) }, ["checks"]],
    ["a token in a question", { checks: [{ ...question, token: "a.b.c" }] }, ["checks.0"]],
    ["an explanation of one question", { checks: [{ ...question, explain: true }] }, ["checks.0"]],
    ["a question without its action", { checks: [{ resource: "orders" }] }, ["checks.0.action"]],
    ["a question beside the list", { ...question }, [""]],
    ["a context too deep", { checks: [{ ...question, context: nested(9) }] }, ["checks.0.context"]],
  ])("is refused with %s", (_, change, where) => {
    expect(mistakes("decisions.authorizeBatch", { ...batch, ...change })).toEqual(where);
  });

  test("may have 100 questions, and says once what is the same for all of them", () => {
    const checks = Array.from({ length: maximumBatchChecks }, () => question);
    const body = { ...batch, checks, explain: true, minRevision: 7, clientIp: "192.0.2.1" };

    expect(bodyOf("decisions.authorizeBatch").parse(body)).toEqual({
      ...body,
      checks: checks.map((each) => ({ ...each, context: {} })),
    });
  });
});

describe("a simulation", () => {
  const withProto: unknown = JSON.parse('{"__proto__":{}}');

  test.each([
    ["no attributes", { attributes: undefined }, ["attributes"]],
    ["attributes in a list", { attributes: [] }, ["attributes"]],
    ["129 attributes", { attributes: keys(129) }, ["attributes"]],
    ["attributes too deep", { attributes: nested(9) }, ["attributes"]],
    ["an attribute that no policy can name", { attributes: { Plan: 1 } }, ["attributes"]],
    ["`__proto__`", { attributes: withProto }, ["attributes"]],
    ["a token", { token: "a.b.c" }, [""]],
    ["a time of no time zone", { currentTime: "2026-03-02T12:00:00" }, ["currentTime"]],
    ["an address range", { ipAddress: "10.0.0.0/8" }, ["ipAddress"]],
    ["no draft in the list", { policies: [] }, ["policies"]],
    ["17 drafts", { policies: Array.from({ length: 17 }, () => ({})) }, ["policies"]],
    ["two drafts of one name", { policies: [policy, policy] }, ["policies"]],
    ["a revision that no workspace has", { minRevision: 0 }, ["minRevision"]],
    ["a draft that is no object", { policies: ["order_approval"] }, ["policies.0"]],
  ])("is refused with %s", (_, change, where) => {
    expect(mistakes("decisions.simulate", { ...simulation, ...change })).toEqual(where);
  });

  test("asks for a resource and an action, unless drafts stand for the workspace's policies", () => {
    const { resource: _r, action: _a, policies, ...rest } = simulation;

    expect(mistakes("decisions.simulate", { ...rest, policies })).toEqual([]);
    expect(mistakes("decisions.simulate", rest)).toEqual(["resource", "action"]);
  });
});

describe("a provider", () => {
  test("may say everything there is to say", () => {
    expect(bodyOf("providers.create").parse({ ...fullProvider, id: "clerk" })).toEqual({
      ...fullProvider,
      id: "clerk",
    });
  });

  test.each([
    ["no name", { name: undefined }, ["name"]],
    ["a blank name", { name: "  " }, ["name"]],
    ["a name of two lines", { name: "Clerk\nOkta" }, ["name"]],
    ["a name with a line separator", { name: "Clerk\u2028Okta" }, ["name"]],
    ["a name with an escape sequence", { name: "\u001B[2JClerk" }, ["name"]],
    ["a name of 101 characters", { name: "n".repeat(101) }, ["name"]],
    ["an unknown type", { providerType: "clark" }, ["providerType"]],
    ["an id with capitals", { id: "Clerk" }, ["id"]],
    ["an id of 64 characters", { id: "c".repeat(64) }, ["id"]],
    ["one audience that is not in a list", { allowedAudiences: "acme-api" }, ["allowedAudiences"]],
    ["an audience that is no text", { allowedAudiences: [1] }, ["allowedAudiences.0"]],
    ["no algorithm at all", { algorithms: [] }, ["algorithms"]],
    ["unsigned tokens", { algorithms: ["none"] }, ["algorithms.0"]],
    ["a symmetric algorithm", { algorithms: ["RS256", "HS256"] }, ["algorithms.1"]],
    ["an unknown audience claim", { audienceClaims: ["scope"] }, ["audienceClaims.0"]],
    ["no audience claim at all", { audienceClaims: [] }, ["audienceClaims"]],
    ["a clock tolerance of 301 seconds", { clockToleranceSeconds: 301 }, ["clockToleranceSeconds"]],
    [
      "a clock tolerance of half a second",
      { clockToleranceSeconds: 0.5 },
      ["clockToleranceSeconds"],
    ],
    ["a longest life of nothing", { maxLifetimeSeconds: 0 }, ["maxLifetimeSeconds"]],
    ["`enabled` as a number", { enabled: 1 }, ["enabled"]],
    ["keys in a list", { jwks: [] }, ["jwks"]],
    ["no keys in the set", { jwks: { keys: [] } }, ["jwks.keys"]],
    ["a setting that is null", { jwksUri: null }, ["jwksUri"]],
    [
      "a mapping with a misspelt field",
      { claimMappings: [{ attribute: "plan", path: "plan" }] },
      ["claimMappings.0.jwtPath", "claimMappings.0"],
    ],
    [
      "a mapping to a reserved name",
      { claimMappings: [{ attribute: "Plan", jwtPath: "plan" }] },
      ["claimMappings.0.attribute"],
    ],
    [
      "two mappings to one attribute",
      { claimMappings: [...mappings, ...mappings] },
      ["claimMappings.2.attribute", "claimMappings.3.attribute"],
    ],
  ])("is refused with %s", (_, change, where) => {
    expect(mistakes("providers.create", { ...provider, ...change })).toEqual(where);
  });

  test("names one source of keys and not two", () => {
    const jwks = { keys: [{ kty: "RSA", n: "AQAB", e: "AQAB" }] };

    expect(mistakes("providers.create", { ...provider, jwks })).toEqual([]);
    expect(mistakes("providers.create", { ...fullProvider, jwks })).toEqual(["jwks"]);
  });

  test("has its id in the path when it is replaced", () => {
    expect(mistakes("providers.replace", { ...provider, enabled: true, id: "clerk" })).toEqual([
      "",
    ]);
  });
});

describe("a policy", () => {
  test.each([
    ["a name with capitals", { name: "Order_Approval" }, ["name"]],
    ["a name with a space", { name: "order approval" }, ["name"]],
    ["a target that is no list", { appliesTo: permission }, ["appliesTo"]],
    ["a target that names a policy", { appliesTo: [permission] }, ["appliesTo.0"]],
    [
      "more than 64 targets",
      { appliesTo: Array.from({ length: 65 }, () => target) },
      ["appliesTo"],
    ],
  ])("is refused with %s", (_, change, where) => {
    expect(mistakes("policies.create", { ...policy, ...change })).toEqual(where);
  });

  test("may be created together with its permissions", () => {
    const body = { ...policy, appliesTo: [{ ...target, priority: 5 }] };

    expect(bodyOf("policies.create").parse(body)).toEqual(body);
  });

  test.each(["policies.create", "policies.replace"])(
    "is passed on by %s as it was sent: what it says is the engine's to judge",
    (name) => {
      const json = '{"name":"odd","specification":{"__proto__":{"rules":[]}},"description":42}';
      const body: unknown = JSON.parse(json);

      expect(JSON.stringify(bodyOf(name).parse(body))).toContain('"__proto__":{"rules":[]}');
      expect(mistakes(name, { name: "odd" })).toEqual([]);
    },
  );

  test("may leave out its name when it is replaced", () => {
    const { specification } = policy;

    expect(bodyOf("policies.replace").parse({ specification })).toEqual({ specification });
  });
});

const target = { resource: "orders", actions: ["approve"] };

describe("a resource", () => {
  test.each([
    ["the reserved category", { category: "system" }, ["category"]],
    ["a blank category", { category: " " }, ["category"]],
    ["a description with a tab", { description: "orders\tof acme" }, ["description"]],
    ["no action", { actions: [] }, ["actions"]],
    ["65 actions", { actions: Array.from({ length: 65 }, (_, index) => `a${index}`) }, ["actions"]],
    ["an action twice", { actions: ["read", "read"] }, ["actions"]],
    ["`*` for an action", { actions: ["*"] }, ["actions.0"]],
    ["`*` for a name", { name: "*" }, ["name"]],
    ["a name that begins with a digit", { name: "1orders" }, ["name"]],
    ["a name with a line break at its end", { name: "orders\n" }, ["name"]],
  ])("is refused with %s", (_, change, where) => {
    expect(mistakes("resources.create", { ...resource, ...change })).toEqual(where);
  });

  test("may have any name that a policy may have", () => {
    expect(mistakes("resources.create", { ...resource, name: "a.b:c-d_9" })).toEqual([]);
  });
});

describe("a permission", () => {
  test.each([
    ["no action", { actions: [] }, ["actions"]],
    ["an action twice", { actions: ["read", "read"] }, ["actions"]],
    ["`*` beside another action", { actions: ["*", "read"] }, ["actions"]],
    ["`*` in a name", { resource: "orders*" }, ["resource"]],
    ["`*` for a policy", { policy: "*" }, ["policy"]],
    ["a priority of a half", { priority: 0.5 }, ["priority"]],
    ["a priority beyond a million", { priority: 1_000_001 }, ["priority"]],
    ["a priority as text", { priority: "1" }, ["priority"]],
  ])("is refused with %s", (_, change, where) => {
    expect(mistakes("permissions.create", { ...permission, ...change })).toEqual(where);
  });

  test("may be for everything", () => {
    const body = { ...permission, resource: "*", actions: ["*"], priority: -1_000_000 };

    expect(bodyOf("permissions.create").parse(body)).toEqual(body);
  });
});

describe("an API key", () => {
  test.each([
    ["an unknown scope", { scopes: ["config:all"] }, ["scopes.0"]],
    ["a scope named like an inherited property", { scopes: ["constructor"] }, ["scopes.0"]],
    ["a scope twice", { scopes: ["config:read", "config:read"] }, ["scopes"]],
    ["scopes as text", { scopes: "config:read" }, ["scopes"]],
    ["no scopes", { scopes: undefined }, ["scopes"]],
    ["an end without a time zone", { expiresAt: "2027-01-01T00:00:00" }, ["expiresAt"]],
    ["an end on a day that does not exist", { expiresAt: "2027-02-30T00:00:00Z" }, ["expiresAt"]],
    ["an end beyond the year 9999", { expiresAt: "9999-12-31T23:00:00-02:00" }, ["expiresAt"]],
    ["an end before the year 0", { expiresAt: "0000-01-01T00:00:00+02:00" }, ["expiresAt"]],
    ["an end as a number", { expiresAt: 1_800_000_000 }, ["expiresAt"]],
  ])("is refused with %s", (_, change, where) => {
    expect(mistakes("apiKeys.create", { ...apiKey, ...change })).toEqual(where);
  });

  test("may have no scope at all and an end in any time zone", () => {
    const body = { name: "checks", scopes: [], expiresAt: "2027-01-01T00:00:00+01:00" };

    expect(bodyOf("apiKeys.create").parse(body)).toEqual(body);
  });
});

describe("a workspace", () => {
  test.each([
    ["checksRequireApiKey", "true"],
    ["decisionLog", "on"],
    ["logAttributes", true],
    ["hashSubjects", null],
    ["timeZone", ""],
    ["timeZone", "Europe/Berlin\n"],
    ["timeZone", "+01:00"],
    ["timeZone", "../etc/localtime"],
    ["timeZone", "Etc/".repeat(16)],
    ["ipFromConnection", 1],
    ["retentionDays", 0],
    ["retentionDays", 36_501],
    ["retentionDays", 0.5],
    ["retentionDays", "90"],
  ])("can not have the setting %s: %j", (setting, value) => {
    expect(mistakes("workspaces.replace", withSetting(setting, value))).toEqual([
      `settings.${setting}`,
    ]);
  });

  test.each([
    ["timeZone", "UTC"],
    ["timeZone", "America/Argentina/Buenos_Aires"],
    ["timeZone", "Etc/GMT+12"],
    ["timeZone", "EST5EDT"],
    ["retentionDays", 1],
    ["retentionDays", 36_500],
  ])("may have the setting %s: %j", (setting, value) => {
    expect(mistakes("workspaces.replace", withSetting(setting, value))).toEqual([]);
  });

  test("can not be given a setting that there is not", () => {
    expect(mistakes("workspaces.replace", withSetting("decisionLogs", "strict"))).toEqual([
      "settings",
    ]);
  });
});

describe("a configuration", () => {
  const { workspace, providers, resources, policies, permissions } = configuration;

  test.each(Object.keys(configuration))(
    "names `%s`: what were forgotten would be deleted",
    (field) => {
      const body = { ...configuration, [field]: undefined };

      expect(mistakes("configuration.apply", body)).toEqual([field]);
    },
  );

  test.each([
    ["another format", { formatVersion: 2 }, ["formatVersion"]],
    [
      "a setting left out",
      { workspace: { ...workspace, settings: {} } },
      Object.keys(settings).map((setting) => `workspace.settings.${setting}`),
    ],
    ["a provider of no key", { providers: [fullProvider] }, ["providers.0.id"]],
    [
      "a provider that does not say whether it is enabled",
      { providers: [{ ...provider, id: "clerk" }] },
      ["providers.0.enabled"],
    ],
    ["a permission of no key", { permissions: [permission] }, ["permissions.0.id"]],
    ["a policy with its permissions", { policies: [{ ...policy, appliesTo: [] }] }, ["policies.0"]],
    ["a version", { policies: [{ ...policy, version: 7 }] }, ["policies.0"]],
    [
      "a reserved category",
      { resources: [{ ...resource, category: "system" }] },
      ["resources.0.category"],
    ],
    ["a provider twice", { providers: [...providers, ...providers] }, ["providers.1"]],
    ["a resource twice", { resources: [...resources, ...resources] }, ["resources.1"]],
    ["a policy twice", { policies: [...policies, ...policies] }, ["policies.1"]],
    ["a permission twice", { permissions: [...permissions, ...permissions] }, ["permissions.1"]],
  ])("is refused with %s", (_, change, where) => {
    expect(mistakes("configuration.apply", { ...configuration, ...change })).toEqual(where);
  });

  test("may be empty but for the workspace", () => {
    const nothing = { providers: [], resources: [], policies: [], permissions: [] };

    expect(mistakes("configuration.apply", { ...configuration, ...nothing })).toEqual([]);
  });
});

describe("a rollback", () => {
  test.each([0, -1, 1.5, "7", null])("is not to the version %j", (version) => {
    expect(mistakes("policies.rollback", { version })).toEqual(["version"]);
  });
});

describe("what the chains must hold", () => {
  test.each([
    ["no writer", { writerId: "" }, ["expected.0.writerId"]],
    ["a place before the first", { sequence: 0 }, ["expected.0.sequence"]],
    ["a hash with capitals", { hash: "0F".repeat(32) }, ["expected.0.hash"]],
    ["a hash that was cut off", { hash: "0f".repeat(31) }, ["expected.0.hash"]],
    ["something unknown", { count: 3 }, ["expected.0"]],
  ])("is refused with %s", (_, change, where) => {
    expect(mistakes("audit.verifyAgainst", { expected: [{ ...head, ...change }] })).toEqual(where);
  });
});

describe("an erasure", () => {
  test.each([
    ["no subject", {}, ["subject"]],
    ["an empty subject", { subject: "" }, ["subject"]],
    ["all subjects", { subject: ["ada"] }, ["subject"]],
    ["an empty issuer", { subject: "ada", issuer: "" }, ["issuer"]],
  ])("is refused with %s", (_, body, where) => {
    expect(mistakes("audit.erase", body)).toEqual(where);
  });

  test("may be of what every issuer said", () => {
    expect(mistakes("audit.erase", { subject: "ada" })).toEqual([]);
  });
});

function withSetting(setting: string, value: unknown): unknown {
  return { name: "Acme", settings: { ...settings, [setting]: value } };
}

function contextOf(body: unknown): unknown {
  return typeof body === "object" && body !== null && "context" in body ? body.context : undefined;
}

function keys(count: number): Readonly<Record<string, number>> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, index]));
}

function nested(levels: number): unknown {
  return levels === 1 ? {} : { a: nested(levels - 1) };
}
