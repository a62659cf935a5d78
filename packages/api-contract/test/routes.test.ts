import { describe, expect, test } from "vitest";
import { routes, scopes } from "@byot/api-contract";
import { everyRoute } from "./support/every-route.js";
import { bodyByRoute } from "./support/example-bodies.js";

function names(named: readonly { readonly name: string }[]): readonly string[] {
  return named.map(({ name }) => name);
}

const besideCollection: Readonly<Record<string, readonly string[]>> = {
  providers: [
    "post /v1/workspaces/:workspace/providers/:key/test",
    "post /v1/workspaces/:workspace/providers/test-connection",
    "get /v1/workspaces/:workspace/providers/:key/keys",
    "post /v1/workspaces/:workspace/providers/:key/refresh-keys",
    "get /v1/presets",
  ],
  policies: [
    "get /v1/workspaces/:workspace/policies/:key/versions",
    "get /v1/workspaces/:workspace/policies/:key/versions/:version",
    "post /v1/workspaces/:workspace/policies/:key/rollback",
    "post /v1/workspaces/:workspace/policies/validate",
  ],
};
/** They ask or change what is there: by POST because of what they carry, and they create nothing. */
const withoutCreation = new Set([
  "decisions.authorize",
  "decisions.authorizeBatch",
  "decisions.simulate",
  "providers.test",
  "providers.testConnection",
  "providers.refreshKeys",
  "policies.rollback",
  "policies.validate",
  "audit.verifyAgainst",
  "audit.erase",
]);
const readingByPost = new Set(["providers.test", "policies.validate", "audit.verifyAgainst"]);

describe("the routes", () => {
  test("are these, with these methods and paths", () => {
    expect(everyRoute.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "post /v1/workspaces/:workspace/authorize",
      "post /v1/workspaces/:workspace/authorize/batch",
      "post /v1/workspaces/:workspace/simulate",
      "get /v1/workspaces",
      "get /v1/workspaces/:workspace",
      "post /v1/workspaces",
      "put /v1/workspaces/:workspace",
      "delete /v1/workspaces/:workspace",
      ...["providers", "policies", "resources", "permissions"].flatMap((collection) => [
        `get /v1/workspaces/:workspace/${collection}`,
        `get /v1/workspaces/:workspace/${collection}/:key`,
        `post /v1/workspaces/:workspace/${collection}`,
        `put /v1/workspaces/:workspace/${collection}/:key`,
        `delete /v1/workspaces/:workspace/${collection}/:key`,
        ...(besideCollection[collection] ?? []),
      ]),
      "get /v1/workspaces/:workspace/config",
      "put /v1/workspaces/:workspace/config",
      "get /v1/workspaces/:workspace/api-keys",
      "post /v1/workspaces/:workspace/api-keys",
      "delete /v1/workspaces/:workspace/api-keys/:key",
      "get /v1/workspaces/:workspace/audit/decisions",
      "get /v1/workspaces/:workspace/audit/decisions/:key",
      "get /v1/workspaces/:workspace/audit/export",
      "get /v1/workspaces/:workspace/audit/refusals",
      "get /v1/workspaces/:workspace/audit/changes",
      "get /v1/workspaces/:workspace/audit/statistics",
      "get /v1/workspaces/:workspace/audit/checkpoint",
      "get /v1/workspaces/:workspace/audit/verify",
      "post /v1/workspaces/:workspace/audit/verify",
      "post /v1/workspaces/:workspace/audit/erasures",
      "post /console/session",
      "get /console/session",
      "delete /console/session",
    ]);
  });

  test("have no method and path in common, whatever the parameters are called", () => {
    const shapes = everyRoute.map(
      ({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ":")}`,
    );

    expect(new Set(shapes).size).toBe(shapes.length);
  });

  test("read exactly the parameters that their paths name", () => {
    for (const { name, path, parameters } of everyRoute) {
      const keys = [...path.matchAll(/:(\w+)/g)].map(([, parameter = ""]) => parameter);
      const values = keys.map((key): [string, unknown] => [key, key === "version" ? "7" : "acme"]);
      const input: Readonly<Record<string, unknown>> = Object.fromEntries(values);
      const data = keys.includes("version") ? { ...input, version: 7 } : input;

      expect([name, parameters.safeParse(input)]).toEqual([name, { success: true, data }]);
      expect([name, parameters.safeParse(Object.assign({ more: "acme" }, input)).success]).toEqual([
        name,
        false,
      ]);
    }
  });

  test("read the version in a path as a whole number", () => {
    const { parameters } = routes.policies.version;

    for (const version of ["", "acme", "-1", "1.5", "1e3", "0x7", "1".repeat(16)]) {
      const read = parameters.safeParse({ workspace: "acme", key: "approval", version });

      expect(read.error?.issues).toMatchObject([{ path: ["version"] }]);
    }
  });

  test("require a version to replace, to delete and to roll back, unless there is none", () => {
    const changing = everyRoute.filter(
      ({ name, method }) => method === "put" || method === "delete" || name === "policies.rollback",
    );
    const versioned = everyRoute.filter(({ requiresVersion }) => requiresVersion);
    const withoutVersion = new Set(["apiKeys.revoke", "session.remove"]);

    expect(names(versioned)).toEqual(names(changing).filter((name) => !withoutVersion.has(name)));
  });

  test("are open to a user's token only where a decision is asked for", () => {
    const open = everyRoute.filter(({ access }) => access === "token");

    expect(names(open)).toEqual(["decisions.authorize", "decisions.authorizeBatch"]);
  });

  test("are open to anybody only where the session of the console begins and ends", () => {
    const open = everyRoute.filter(({ access }) => access === "anyone");

    expect(names(open)).toEqual(["session.create", "session.remove"]);
  });

  test("are open to any API key only where nothing of a workspace is told", () => {
    const open = everyRoute.filter(({ access }) => access === "any_key");

    expect(names(open)).toEqual(["presets.list", "session.read"]);
    expect(open.some(({ path }) => path.includes(":workspace"))).toBe(false);
  });

  test("ask for a reading scope to read and for a writing scope to write", () => {
    const scoped = everyRoute.filter(
      ({ name, access }) => access.includes(":") && name !== "decisions.simulate",
    );
    for (const { name, method, access } of scoped) {
      const reads = method === "get" || readingByPost.has(name);

      expect([name, access]).toEqual([name, expect.stringMatching(reads ? /:read$/ : /:write$/)]);
    }
  });

  test("ask for a scope of their own kind", () => {
    const scoped = everyRoute.filter(({ access }) => access.includes(":"));
    const kindByGroup = new Map(
      scoped.map(({ name, access }) => [name.split(".")[0], access.split(":")[0]]),
    );

    expect(Object.fromEntries(kindByGroup)).toEqual({
      decisions: "decisions",
      workspaces: "workspaces",
      providers: "config",
      policies: "config",
      resources: "config",
      permissions: "config",
      configuration: "config",
      apiKeys: "keys",
      audit: "audit",
    });
  });

  test("use every scope but those that add to a decision", () => {
    const used = new Set<string>(everyRoute.map(({ access }) => access));

    expect(scopes.filter((scope) => !used.has(scope))).toEqual([
      "decisions:subject",
      "decisions:client_ip",
    ]);
  });

  test("take a body where the method has one, but to fetch keys, of at most 64 KiB", () => {
    const taking = everyRoute.filter(({ bodyLimitBytes }) => bodyLimitBytes > 0);
    const larger = taking.filter(({ bodyLimitBytes }) => bodyLimitBytes !== 65_536);
    const limits = larger.map(({ name, bodyLimitBytes }) => [name, bodyLimitBytes / 1_048_576]);

    expect(names(taking)).toEqual(
      names(everyRoute.filter(({ method }) => method === "post" || method === "put")).filter(
        (name) => name !== "providers.refreshKeys",
      ),
    );
    expect(names(taking).toSorted()).toEqual(Object.keys(bodyByRoute).toSorted());
    expect(Object.fromEntries(limits)).toEqual({
      "decisions.simulate": 1,
      "policies.create": 1,
      "policies.replace": 1,
      "policies.validate": 1,
      "configuration.apply": 32,
      "audit.verifyAgainst": 1,
    });
  });

  test("without a body accept none", () => {
    for (const { name, body } of everyRoute.filter(({ bodyLimitBytes }) => bodyLimitBytes === 0)) {
      expect([name, body.safeParse(undefined).success, body.safeParse({}).success]).toEqual([
        name,
        true,
        false,
      ]);
    }
  });

  test("answer 201 to a creation, 204 to a deletion and 200 to everything else", () => {
    for (const { name, method, status } of everyRoute) {
      const ordinary = { get: 200, put: 200, delete: 204, post: 201 }[method];

      expect([name, status]).toEqual([name, withoutCreation.has(name) ? 200 : ordinary]);
    }
  });

  test("answer one JSON value, but for the export, which is a stream of lines", () => {
    const streams = everyRoute.filter(({ format }) => format === "ndjson");

    expect(names(streams)).toEqual(["audit.exportDecisions"]);
    expect(streams.every((route) => "line" in route && !("answer" in route))).toBe(true);
  });

  test("say in one sentence what they do", () => {
    const summaries = everyRoute.map(({ summary }) => summary);

    expect(new Set(summaries).size).toBe(summaries.length);
    for (const summary of summaries) {
      expect(summary).toMatch(/^[A-Z].*[^.]\.$/);
    }
  });

  test("that are no lists take no query but `cascade`, which is `true` or `false`", () => {
    for (const { name, query } of everyRoute.filter(({ method }) => method !== "get")) {
      const takesCascade = name === "workspaces.remove";

      expect([name, query.safeParse({ limit: "5" }).success]).toEqual([name, false]);
      expect([name, query.safeParse({ cascade: "true" }).success]).toEqual([name, takesCascade]);
    }
  });

  test.each([
    [{}, false],
    [{ cascade: "false" }, false],
    [{ cascade: "true" }, true],
  ])("read the query %j of a workspace's deletion as `cascade: %s`", (query, cascade) => {
    const removal = everyRoute.find(({ name }) => name === "workspaces.remove");

    expect(removal?.query.parse(query)).toEqual({ cascade });
  });

  test.each(["", "TRUE", "1", "yes", ["true", "true"]])(
    "refuse %j for `cascade`: nothing is deleted by a slip",
    (cascade) => {
      const removal = everyRoute.find(({ name }) => name === "workspaces.remove");

      expect(removal?.query.safeParse({ cascade }).success).toBe(false);
    },
  );
});
