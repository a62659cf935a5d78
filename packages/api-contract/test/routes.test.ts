import { describe, expect, test } from "vitest";
import { scopes } from "@byot/api-contract";
import { everyRoute } from "./support/every-route.js";
import { bodyByRoute } from "./support/example-bodies.js";

function names(routes: readonly { readonly name: string }[]): readonly string[] {
  return routes.map(({ name }) => name);
}

const besideProviders = [
  "post /v1/workspaces/:workspace/providers/:key/test",
  "post /v1/workspaces/:workspace/providers/test-connection",
  "get /v1/presets",
];
/** They ask, by POST because of what they carry, and create nothing. */
const asking = new Set([
  "decisions.authorize",
  "providers.test",
  "providers.testConnection",
  "audit.verifyAgainst",
  "audit.erase",
]);
const readingByPost = new Set(["providers.test", "audit.verifyAgainst"]);

describe("the routes", () => {
  test("are these, with these methods and paths", () => {
    expect(everyRoute.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "post /v1/workspaces/:workspace/authorize",
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
        ...(collection === "providers" ? besideProviders : []),
      ]),
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
      const values = [...path.matchAll(/:(\w+)/g)].map(([, parameter = ""]) => [parameter, "acme"]);
      const input: unknown = Object.fromEntries(values);

      expect([name, parameters.safeParse(input)]).toEqual([name, { success: true, data: input }]);
      expect([name, parameters.safeParse(Object.assign({ more: "acme" }, input)).success]).toEqual([
        name,
        false,
      ]);
    }
  });

  test("that require a version replace or delete, and all but an API key's deletion do", () => {
    const changing = everyRoute.filter(({ method }) => method === "put" || method === "delete");
    const versioned = everyRoute.filter(({ requiresVersion }) => requiresVersion);

    expect(names(versioned)).toEqual(names(changing).filter((name) => name !== "apiKeys.revoke"));
  });

  test("are open to a user's token only where a decision is asked for", () => {
    const open = everyRoute.filter(({ access }) => access === "token");

    expect(names(open)).toEqual(["decisions.authorize"]);
  });

  test("ask for a reading scope to read and for a writing scope to write", () => {
    for (const { name, method, access } of everyRoute) {
      const reads = method === "get" || readingByPost.has(name);
      const expected = reads ? /:read$/ : /^token$|:write$/;

      expect([name, access]).toEqual([name, expect.stringMatching(expected)]);
    }
  });

  test("ask for a scope of their own kind", () => {
    const accessByGroup = new Map(
      everyRoute.map(({ name, access }) => [name.split(".")[0], access.split(":")[0]]),
    );

    expect(Object.fromEntries(accessByGroup)).toEqual({
      decisions: "token",
      workspaces: "workspaces",
      providers: "config",
      presets: "config",
      policies: "config",
      resources: "config",
      permissions: "config",
      apiKeys: "keys",
      audit: "audit",
    });
  });

  test("use every scope but those that add to a decision", () => {
    const used = new Set<string>(everyRoute.map(({ access }) => access));

    expect(scopes.filter((scope) => !used.has(scope))).toEqual([
      "decisions:explain",
      "decisions:client_ip",
    ]);
  });

  test("take a body exactly where the method has one, of at most 64 KiB or 1 MiB", () => {
    const taking = everyRoute.filter(({ bodyLimitBytes }) => bodyLimitBytes > 0);

    expect(names(taking)).toEqual(
      names(everyRoute.filter(({ method }) => method === "post" || method === "put")),
    );
    expect(names(taking).toSorted()).toEqual(Object.keys(bodyByRoute).toSorted());
    expect(names(taking.filter(({ bodyLimitBytes }) => bodyLimitBytes === 1_048_576))).toEqual([
      "policies.create",
      "policies.replace",
      "audit.verifyAgainst",
    ]);
    expect(new Set(taking.map(({ bodyLimitBytes }) => bodyLimitBytes))).toEqual(
      new Set([65_536, 1_048_576]),
    );
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

      expect([name, status]).toEqual([name, asking.has(name) ? 200 : ordinary]);
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
