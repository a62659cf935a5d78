import {
  type LoggedDecision,
  type LoggedRefusal,
  type PageAnswer,
  routes,
} from "@byot/api-contract";
import { beforeAll, afterAll, describe, expect, test } from "vitest";
import { makeAcme } from "../../support/acme.js";
import type { RouteCall } from "../../support/caller.js";
import { type Service, startService } from "../../support/service.js";

const { decisions, refusals } = routes.audit;

let service: Service;

beforeAll(async () => {
  service = await startService();
  await makeAcme(service);
  const questions = [
    { resource: "premium-features", action: "access" },
    { resource: "orders", action: "approve", context: { orderAmount: 1 } },
    { resource: "orders", action: "delete" },
  ];
  for (const person of ["ada", "ben"]) {
    const token = await service.tokenOf(person);
    for (const question of questions) {
      service.clock.advanceSeconds(1);
      await service.call(routes.decisions.authorize, { body: { token, ...question } });
      await service.refuse(routes.decisions.authorize, { body: { token: "x", ...question } });
    }
  }
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

async function find(query: Readonly<Record<string, string>>): Promise<readonly LoggedDecision[]> {
  return (await service.call(decisions, { query })).answer.data;
}

test.each([
  [{}, 6],
  [{ decision: "Allow" }, 3],
  [{ decision: "Deny" }, 3],
  [{ subject: "ada" }, 3],
  [{ resource: "orders" }, 4],
  [{ action: "approve" }, 2],
  [{ subject: "ben", decision: "Deny" }, 2],
  [{ subject: "nobody" }, 0],
  [{ subject: "%" }, 0],
  [{ subject: "' OR 1=1 --" }, 0],
])("finds the decisions that match %j", async (query, count) => {
  const found = await find(query);

  expect(found).toHaveLength(count);
  for (const each of found) {
    expect(each).toMatchObject(query);
  }
});

test("lists the last decision first", async () => {
  const times = (await find({})).map(({ at }) => at);

  expect(times).toEqual(times.toSorted().toReversed());
});

type Query = Readonly<Record<string, string>>;
type ListRoute = typeof decisions | typeof refusals;

async function firstPage(
  route: ListRoute,
  request: RouteCall,
): Promise<PageAnswer<LoggedDecision | LoggedRefusal>> {
  return (await service.call<PageAnswer<LoggedDecision | LoggedRefusal>>(route, request)).answer;
}

const logs: readonly {
  readonly title: string;
  readonly route: ListRoute;
  readonly query: Query;
  readonly count: number;
}[] = [
  { title: "decisions", route: decisions, query: { resource: "orders" }, count: 4 },
  { title: "refusals", route: refusals, query: {}, count: 6 },
];

describe.each(logs)("$title", ({ title, route, query, count }) => {
  test("are listed in pages that neither repeat nor skip one", async () => {
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null && seen.length < 20) {
      const from: Query = cursor === "" ? {} : { cursor };
      const { data, page } = await firstPage(route, { query: { ...query, ...from, limit: "1" } });
      seen.push(...data.map((each) => JSON.stringify(each)));
      cursor = page.nextCursor;
    }

    expect(seen).toHaveLength(count);
    expect(new Set(seen).size).toBe(count);
  });

  test.each([["nonsense"], ["%00"], ["0"], ["'"], ["a".repeat(512)]])(
    "refuse the cursor `%s`",
    async (cursor) => {
      const problem = await service.refuse(route, { query: { cursor } });

      expect(problem).toMatchObject({
        code: "request_invalid",
        status: 400,
        errors: [{ path: "/cursor" }],
      });
    },
  );

  test.each([
    [{ decision: "allow" }, "/decision"],
    [{ subjects: "ada" }, "/subjects"],
    [{ limit: "0" }, "/limit"],
    [{ cursor: "" }, "/cursor"],
    [{ subject: "a\0b" }, "/subject"],
  ])("refuse the query %j", async (wrong, path) => {
    const problem = await service.refuse(route, { query: wrong });

    expect(problem).toMatchObject({ code: "request_invalid", errors: [{ path }] });
  });

  test("are unknown in an unknown workspace", async () => {
    const problem = await service.refuse(route, { path: { workspace: "nowhere" } });

    expect(problem.code).toBe("workspace_unknown");
  });

  test("of one workspace are not seen in another", async () => {
    const path = { workspace: `beta-${title}` };
    await service.call(routes.workspaces.create, { body: { id: path.workspace, name: "Beta" } });

    const { data } = await firstPage(route, { path });

    expect(data).toEqual([]);
  });
});

test("does not show a workspace the log of its predecessor under the same id", async () => {
  const path = { workspace: "phoenix" };
  const created = await service.call(routes.workspaces.create, {
    body: { id: "phoenix", name: "Phoenix" },
  });
  const question = { token: "x", resource: "orders", action: "approve" };
  await service.refuse(routes.decisions.authorize, { path, body: question });
  const before = await service.call(refusals, { path });
  await service.call(routes.workspaces.remove, {
    path,
    version: created.headers.get("etag") ?? "",
  });
  service.clock.advanceSeconds(1);
  await service.call(routes.workspaces.create, { body: { id: "phoenix", name: "Phoenix" } });

  const after = await service.call(refusals, { path });
  const decided = await service.call(decisions, { path });

  expect(before.answer.data).toHaveLength(1);
  expect(after.answer.data).toEqual([]);
  expect(decided.answer.data).toEqual([]);
});

test("logs no part of a token", async () => {
  const log = JSON.stringify([
    (await service.call(decisions)).answer,
    (await service.call(refusals)).answer,
  ]);

  expect(log).not.toContain("eyJ");
});
