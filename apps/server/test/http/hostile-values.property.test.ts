import { defaultWorkspaceSettings, routes } from "@byot/api-contract";
import type { JsonAnswer } from "@byot/testkit";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { orderApproval } from "../../src/demo/demo-policies.js";
import { acmeProvider, makeAcme } from "../support/acme.js";
import type { RouteCall } from "../support/caller.js";
import { everyRoute, goodCalls, type ListedRoute } from "../support/every-route.js";
import { issuer, type Service, startService } from "../support/service.js";

const runs = 50;

let service: Service;

beforeAll(async () => {
  service = await startService();
  await makeAcme(service);
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

/** Bodies in which every field is given. */
function fullBodies(): readonly (readonly [string, ListedRoute, object])[] {
  const provider = {
    ...acmeProvider(service),
    id: "full",
    issuer: `${issuer}/full`,
    providerType: "okta",
    enabled: true,
    issuerAliases: [`${issuer}/alias`],
    audienceClaims: ["aud"],
    authorizedParties: ["web"],
    tokenTypes: ["JWT"],
    clockToleranceSeconds: 5,
    maxLifetimeSeconds: 600,
    requireKid: true,
    claimMappings: [{ attribute: "plan", jwtPath: "plan", required: false, default: "free" }],
  };
  const appliesTo = [{ resource: "orders", actions: ["approve"], priority: 1 }];
  const settings = defaultWorkspaceSettings;
  const key = { name: "ci", scopes: ["config:read"], expiresAt: "2027-01-01T00:00:00Z" };
  const check = {
    token: "x",
    resource: "orders",
    action: "approve",
    context: {},
    explain: false,
    minRevision: 1,
    clientIp: "192.0.2.7",
  };
  return [
    ["workspace", routes.workspaces.create, { id: "full", name: "Full", settings }],
    ["provider", routes.providers.create, provider],
    [
      "policy",
      routes.policies.create,
      { ...orderApproval, name: "full", description: "Full.", appliesTo },
    ],
    [
      "resource",
      routes.resources.create,
      { name: "full", description: "Full.", category: "a", actions: ["read"] },
    ],
    [
      "permission",
      routes.permissions.create,
      { id: "full", policy: "order_approval", ...appliesTo[0] },
    ],
    ["API key", routes.apiKeys.create, key],
    ["check", routes.decisions.authorize, check],
  ];
}

/** Every place in a JSON value. */
function placesIn(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) {
    return [[]];
  }
  const below = Object.entries(value).flatMap(([key, member]) =>
    placesIn(member).map((place) => [key, ...place]),
  );
  return [[], ...below];
}

/** A copy of a JSON value with something else at a place. */
function withAt(value: unknown, [key, ...rest]: readonly string[], replacement: unknown): unknown {
  if (key === undefined) {
    return replacement;
  }
  const members = new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
  members.set(key, withAt(members.get(key), rest, replacement));
  const changed = Object.fromEntries(members);
  return Array.isArray(value) ? Object.values(changed) : changed;
}

const wrongValues: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  1e300,
  "",
  "a\0b",
  "\ud800",
  "x".repeat(3000),
  "*",
  "__proto__",
  [],
  [[]],
  [null],
  ["a", "a"],
  {},
  { a: 1 },
  { toString: 1, length: 7 },
];

/** Asks, and reads the answer of a success with its schema. */
async function ask(route: ListedRoute, call: RouteCall): Promise<JsonAnswer> {
  const answer = await service.ask(route, call);
  if (answer.status < 400) {
    route.answer?.parse(answer.body);
  }
  return answer;
}

function isNoFailure({ status }: { readonly status: number }): boolean {
  return status < 500;
}

describe("a field with a value of another kind", () => {
  test.each([0, 1, 2, 3, 4, 5, 6])("is refused and never a failure, in body %i", async (index) => {
    const [, route, body] = fullBodies()[index] ?? [];
    if (route === undefined) {
      throw new Error("there is no such body");
    }
    for (const place of placesIn(body)) {
      for (const value of wrongValues) {
        const { status } = await ask(route, { body: withAt(body, place, value) });

        expect({ place, value, status }).toSatisfy(isNoFailure);
      }
    }
  });
});

describe.each(everyRoute)("$title", ({ title, route }) => {
  test("answers whatever JSON it is sent without a failure", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue({ maxDepth: 4, stringUnit: "binary" }),
        fc.record({
          workspace: fc.constantFrom("acme", "nowhere"),
          key: fc.string({ minLength: 1 }),
        }),
        async (body, path) => {
          const { status } = await ask(route, { path, body: bodyFor(route, body), version: 1 });

          expect(status).toBeLessThan(500);
        },
      ),
      { numRuns: runs },
    );
  }, 60_000);

  test("answers its own fields with any values without a failure", async () => {
    const { body = {}, path = {} } = goodCalls[title] ?? {};
    const fields = Object.fromEntries(
      Object.entries(Object(body)).map(([name, value]) => [
        name,
        fc.oneof(fc.constant(value), fc.jsonValue({ maxDepth: 3, stringUnit: "binary" })),
      ]),
    );
    await fc.assert(
      fc.asyncProperty(fc.record(fields, { requiredKeys: [] }), async (changed) => {
        const { status } = await ask(route, { path, body: bodyFor(route, changed), version: 1 });

        expect(status).toBeLessThan(500);
      }),
      { numRuns: runs },
    );
  }, 60_000);

  test("answers any query without a failure", async () => {
    const { body, path = {} } = goodCalls[title] ?? {};
    const names = fc.constantFrom("limit", "cursor", "cascade", "decision", "subject", "__proto__");
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.oneof(names, fc.string()), fc.string({ unit: "binary" }), { maxKeys: 3 }),
        async (query) => {
          const call = { path, query, body: bodyFor(route, body), version: 999 };
          const { status } = await ask(route, call);

          expect(status).toBeLessThan(500);
        },
      ),
      { numRuns: runs },
    );
  }, 60_000);
});

function bodyFor(route: ListedRoute, body: unknown): unknown {
  return route.bodyLimitBytes === 0 ? undefined : (body ?? null);
}
