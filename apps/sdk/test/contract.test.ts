import { problemCatalogue, routes } from "@byot/api-contract";
import {
  ApiKeyError,
  ByotClient,
  ByotError,
  ConflictError,
  InvalidRequestError,
  TokenRefusedError,
  UnavailableError,
} from "@byot/sdk";
import { describe, expect, test } from "vitest";
import { question } from "./decisions.js";
import { exchanges } from "./exchanges.js";
import { problem, startFaultServer } from "./fault-server.js";

/** What the contract says of a route, as far as it is compared here. */
interface ContractRoute {
  readonly method: string;
  readonly path: string;
  readonly format: string;
  readonly requiresVersion: boolean;
  readonly status: number;
  readonly parameters: { parse(value: unknown): unknown };
  readonly query: { parse(value: unknown): unknown };
  readonly body: { parse(value: unknown): unknown };
  readonly answer?: { parse(value: unknown): unknown };
}

// The console has its session for itself.
const { session: _session, ...groups } = routes;
const contract: readonly ContractRoute[] = Object.values(groups).flatMap((group): ContractRoute[] =>
  Object.values(group),
);

function parametersOf(template: string, path: string): Record<string, string> | undefined {
  const names = template.split("/");
  const values = path.split("/");
  const pairs = names.map((name, index): [string, string] => [name, values[index] ?? ""]);
  const fits =
    names.length === values.length &&
    pairs.every(([name, value]) => name.startsWith(":") || name === value);
  return fits
    ? Object.fromEntries(
        pairs
          .filter(([name]) => name.startsWith(":"))
          .map(([name, value]) => [name.slice(1), value]),
      )
    : undefined;
}

function routeOf(sends: string): ContractRoute {
  const [method = "", url = ""] = sends.split(" ");
  const { pathname } = new URL(url, "https://authz.acme.com");
  const fitting = contract.filter(
    (route) =>
      route.method.toUpperCase() === method && parametersOf(route.path, pathname) !== undefined,
  );
  // `policies/validate` fits `policies/:key` as well; the one with fewer parameters is meant.
  const [found] = fitting.toSorted((a, b) => a.path.split(":").length - b.path.split(":").length);
  if (found === undefined) {
    throw new RangeError(`the contract has no route for \`${sends}\``);
  }
  return found;
}

describe("the contract", () => {
  test.each(Object.entries(exchanges))("takes the request of %s", (_name, exchange) => {
    const route = routeOf(exchange.sends);
    const [, url = ""] = exchange.sends.split(" ");
    const { pathname, searchParams } = new URL(url, "https://authz.acme.com");

    expect(route.status).toBe(exchange.status ?? 200);
    expect(route.requiresVersion).toBe(exchange.ifMatch !== undefined);
    route.parameters.parse(parametersOf(route.path, pathname));
    route.query.parse(Object.fromEntries(searchParams));
    route.body.parse(exchange.body);
  });

  test.each(Object.entries(exchanges))("answers what %s is tested with", (_name, exchange) => {
    const page = exchange.paged === undefined ? {} : { page: { nextCursor: null } };
    const answer = exchange.answers === undefined ? undefined : { data: exchange.answers, ...page };

    expect(routeOf(exchange.sends).answer?.parse(answer)).toEqual(answer);
  });

  test("has no route that the client does not call", () => {
    const called = new Set(Object.values(exchanges).map(({ sends }) => routeOf(sends)));

    expect(contract.filter((route) => !called.has(route)).map(({ path }) => path)).toEqual([
      // It answers no JSON; `export.test.ts` is about it.
      "/v1/workspaces/:workspace/audit/export",
    ]);
  });
});

const classes: readonly (readonly [(code: string, status: number) => boolean, typeof ByotError])[] =
  [
    [(code, status) => status === 401 && code.startsWith("token_"), TokenRefusedError],
    [(code, status) => status === 401 && code.startsWith("api_key_"), ApiKeyError],
    [(_code, status) => status === 403, ApiKeyError],
    [(_code, status) => [409, 412, 428].includes(status), ConflictError],
    [(_code, status) => [400, 404, 405, 413, 415, 422].includes(status), InvalidRequestError],
    [(_code, status) => status === 503, UnavailableError],
  ];

describe("a problem of the contract", () => {
  test.each(Object.entries(problemCatalogue))(
    "`%s` becomes its class",
    async (code, { status }) => {
      await using server = await startFaultServer(problem(status, code));
      const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", retries: 0 });

      const thrown: unknown = await byot.checkAuthorization(question).catch((e: unknown) => e);

      const [, expected] = classes.find(([applies]) => applies(code, status)) ?? [];
      expect(thrown).toMatchObject({ code, status, name: (expected ?? ByotError).name });
    },
  );
});
