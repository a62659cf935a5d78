import { type Route, routes } from "@byot/api-contract";
import { createSigner } from "@byot/testkit";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { premiumAccess } from "../../src/demo/demo-policies.js";
import { everythingIn, makeAcme } from "../support/acme.js";
import { audience, issuer, startService } from "../support/service.js";

type AnyRoute = Omit<Route<never, never, never, unknown>, "parameters" | "query" | "body">;

interface Kind {
  readonly title: string;
  readonly routes: Readonly<Record<"list" | "create" | "read" | "replace" | "remove", AnyRoute>>;
  /** A body that creates the thing under a key. */
  readonly newBody: (key: string) => Readonly<Record<string, unknown>>;
  /** A body that replaces it. */
  readonly body: Readonly<Record<string, unknown>>;
  /** A key that is in `acme` before. */
  readonly existing: string;
  /** How one that does not exist is answered. */
  readonly unknown: string;
}

const { jwks } = createSigner();

const kinds: readonly Kind[] = [
  {
    title: "providers",
    routes: routes.providers,
    newBody: (id) => ({
      id,
      name: `Login ${id}`,
      issuer: `${issuer}/${id}`,
      allowedAudiences: [audience],
      jwks,
    }),
    body: {
      name: "Renamed",
      enabled: true,
      issuer: `${issuer}/renamed`,
      allowedAudiences: ["other"],
      jwks,
    },
    existing: "acme-login",
    unknown: "provider_unknown",
  },
  {
    title: "policies",
    routes: routes.policies,
    newBody: (name) => ({ ...premiumAccess, name }),
    body: { description: "Replaced.", specification: premiumAccess.specification },
    existing: "premium_access",
    unknown: "policy_unknown",
  },
  {
    title: "resources",
    routes: routes.resources,
    newBody: (name) => ({ name, description: "Bills.", category: "money", actions: ["read"] }),
    body: { actions: ["read", "approve"] },
    existing: "orders",
    unknown: "resource_unknown",
  },
  {
    title: "permissions",
    routes: routes.permissions,
    newBody: (id) => ({ id, resource: "*", actions: ["*"], policy: "premium_access", priority: 7 }),
    body: { resource: "orders", actions: ["approve"], policy: "premium_access", priority: -1 },
    existing: "none",
    unknown: "permission_unknown",
  },
];

const keyedPage = z.object({
  data: z.array(z.object({ id: z.string().optional(), name: z.string().default("") })),
  page: z.object({ nextCursor: z.string().nullable() }),
});

function keyed(key: string): { readonly path: { readonly key: string } } {
  return { path: { key } };
}

// The service's own resources are in every workspace.
const listSchema = z.object({
  data: z.array(z.looseObject({ category: z.string().optional() })),
  page: z.object({ nextCursor: z.string().nullable() }),
});

describe.each(kinds)("$title", (kind) => {
  const { list, create, read, replace, remove } = kind.routes;

  test("are created, read, replaced and deleted", async () => {
    await using service = await startService();
    await makeAcme(service);

    const created = await service.call(create, { body: kind.newBody("first") });
    const asRead = await service.call(read, keyed("first"));
    service.clock.advanceSeconds(60);
    const replaced = await service.call(replace, {
      ...keyed("first"),
      version: created.headers.get("etag") ?? "",
      body: kind.body,
    });
    const removed = await service.call(remove, {
      ...keyed("first"),
      version: replaced.headers.get("etag") ?? "",
    });

    expect(created.answer).toMatchObject({ data: kind.newBody("first") });
    expect(created.answer).toMatchObject(asRead.answer ?? {});
    expect(asRead.headers.get("etag")).toBe(created.headers.get("etag"));
    expect(replaced.answer).toMatchObject({
      data: {
        ...kind.body,
        createdAt: "2026-03-02T09:00:00.000Z",
        updatedAt: "2026-03-02T09:01:00.000Z",
      },
    });
    expect(replaced.headers.get("etag")).not.toBe(created.headers.get("etag"));
    expect(removed).toMatchObject({ status: 204, answer: undefined });
    expect((await service.refuse(read, keyed("first"))).code).toBe(kind.unknown);
  });

  test("are replaced whole: what the replacement leaves out is gone", async () => {
    await using service = await startService();
    await makeAcme(service);
    const created = await service.call(create, { body: kind.newBody("first") });

    await service.call(replace, {
      ...keyed("first"),
      version: created.headers.get("etag") ?? "",
      body: kind.body,
    });
    const { answer } = await service.call(read, keyed("first"));

    expect(answer).toMatchObject({ data: kind.body });
    expect(JSON.stringify(answer)).not.toContain("money");
  });

  test("are listed in pages, ordered by key", async () => {
    await using service = await startService();
    await makeAcme(service);
    const keys = ["e", "b", "d", "a", "c"].map((letter) => `page-${letter}`);
    for (const key of keys) {
      await service.call(create, { body: kind.newBody(key) });
    }

    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const query: Record<string, string> = cursor === "" ? { limit: "2" } : { limit: "2", cursor };
      const { answer } = await service.call(list, { query });
      const { data, page } = keyedPage.parse(answer);
      expect(data.length).toBeLessThanOrEqual(2);
      seen.push(...data.map(({ id, name }) => id ?? name));
      cursor = page.nextCursor;
    }

    expect(seen.filter((key) => key.startsWith("page-"))).toEqual(keys.toSorted());
    expect(seen).toEqual(seen.toSorted());
  });

  test("cannot be created under a key that is taken", async () => {
    await using service = await startService();
    await makeAcme(service);
    await service.call(create, { body: kind.newBody("first") });
    const before = await everythingIn(service);

    const problem = await service.refuse(create, { body: kind.newBody("first") });

    expect(problem).toMatchObject({ code: "already_exists", status: 409 });
    expect(await everythingIn(service)).toEqual(before);
  });

  test.each([
    ["reading", read, undefined],
    ["replacing", replace, "body"],
    ["deleting", remove, undefined],
  ] as const)(
    "tells an unknown one from an unknown workspace when %s",
    async (_title, route, withBody) => {
      await using service = await startService();
      await makeAcme(service);
      const body = withBody === undefined ? {} : { body: kind.body };

      const thing = await service.refuse(route, { ...keyed("nothing"), ...body, version: 1 });
      const workspace = await service.refuse(route, {
        path: { workspace: "nowhere", key: "nothing" },
        ...body,
        version: 1,
      });

      expect(thing).toMatchObject({ code: kind.unknown, status: 404 });
      expect(workspace).toMatchObject({ code: "workspace_unknown", status: 404 });
    },
  );

  test("cannot be listed or created in an unknown workspace", async () => {
    await using service = await startService();
    const path = { workspace: "nowhere" };

    const listing = await service.refuse(list, { path });
    const creating = await service.refuse(create, { path, body: kind.newBody("first") });

    expect([listing.code, creating.code]).toEqual(["workspace_unknown", "workspace_unknown"]);
  });

  test.each([
    ["no version", undefined, "version_required", 428],
    ["an old version", '"1"', "version_stale", 412],
    ["a version that is yet to come", '"999"', "version_stale", 412],
    ["a weak tag", 'W/"2"', "request_invalid", 400],
    ["any version", "*", "request_invalid", 400],
    ["a bare number", "2", "request_invalid", 400],
    ["two tags", '"1", "2"', "request_invalid", 400],
    ["an empty tag", '""', "request_invalid", 400],
    ["a word", '"abc"', "request_invalid", 400],
    ["a negative number", '"-2"', "request_invalid", 400],
    ["a number beyond all bounds", `"${"9".repeat(400)}"`, "request_invalid", 400],
  ])("are neither replaced nor deleted with %s", async (_title, version, ...[code, status]) => {
    await using service = await startService();
    await makeAcme(service);
    await service.call(create, { body: kind.newBody("first") });
    const before = await everythingIn(service);
    const match = version === undefined ? {} : { version };

    const replacing = await service.refuse(replace, {
      ...keyed("first"),
      ...match,
      body: kind.body,
    });
    const deleting = await service.refuse(remove, { ...keyed("first"), ...match });

    expect([replacing, deleting]).toMatchObject([
      { code, status },
      { code, status },
    ]);
    expect(await everythingIn(service)).toEqual(before);
  });

  test("name the current version when another one was expected", async () => {
    await using service = await startService();
    await makeAcme(service);
    const { headers } = await service.call(create, { body: kind.newBody("first") });

    const problem = await service.refuse(remove, { ...keyed("first"), version: 1 });

    expect(problem.detail).toContain(headers.get("etag")?.replaceAll('"', "") ?? "no etag");
  });

  test("stay within their workspace", async () => {
    await using service = await startService();
    await makeAcme(service);
    await service.call(routes.workspaces.create, { body: { id: "beta", name: "Beta" } });
    const { headers } = await service.call(create, { body: kind.newBody("first") });
    const path = { workspace: "beta", key: "first" };
    const version = headers.get("etag") ?? "";

    const problems = [
      await service.refuse(read, { path }),
      await service.refuse(replace, { path, version, body: kind.body }),
      await service.refuse(remove, { path, version }),
    ];
    const listed = await service.call(list, { path });

    expect(problems.map(({ code }) => code)).toEqual([kind.unknown, kind.unknown, kind.unknown]);
    const { data, page } = listSchema.parse(listed.answer);
    expect(data.filter(({ category }) => category !== "system")).toEqual([]);
    expect(page).toEqual({ nextCursor: null });
  });

  test.each([["0"], ["201"], ["-1"], ["1.5"], ["ten"], [""], ["1e2"]])(
    "are not listed with a limit of `%s`",
    async (limit) => {
      await using service = await startService();
      await makeAcme(service);

      const problem = await service.refuse(list, { query: { limit } });

      expect(problem).toMatchObject({ code: "request_invalid", errors: [{ path: "/limit" }] });
    },
  );
});
