import { routes } from "@byot/api-contract";
import { describe, expect, test } from "vitest";
import { everythingIn, makeAcme } from "../support/acme.js";
import { startService } from "../support/service.js";

describe("the service's own resources", () => {
  const { create, list, read, remove, replace } = routes.resources;

  test("are listed among the others, ordered by name, in pages of any size", async () => {
    await using service = await startService();
    await makeAcme(service);
    const whole = await service.call(list, { query: { limit: "200" } });
    const names: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const query: Record<string, string> = { limit: "2", ...(cursor === "" ? {} : { cursor }) };
      const { answer } = await service.call(list, { query });
      names.push(...answer.data.map(({ name }) => name));
      cursor = answer.page.nextCursor;
    }

    expect(whole.answer.page.nextCursor).toBeNull();
    expect(whole.answer.data.map(({ name, category }) => `${category} ${name}`)).toEqual([
      "system billing",
      "custom orders",
      "custom premium-features",
      "system workspace",
      "system workspace::api_keys",
      "system workspace::audit",
      "system workspace::groups",
      "system workspace::policies",
      "system workspace::providers",
      "system workspace::roles",
      "system workspace::users",
    ]);
    expect(names).toEqual(whole.answer.data.map(({ name }) => name));
  });

  test.each([["!"], ["b3JkZXJz=="], ["a".repeat(512)]])(
    "are not listed from the cursor `%s`",
    async (cursor) => {
      await using service = await startService();
      await makeAcme(service);

      const problem = await service.refuse(list, { query: { cursor } });

      expect(problem).toMatchObject({ code: "request_invalid", errors: [{ path: "/cursor" }] });
    },
  );

  test("are read like any other", async () => {
    await using service = await startService();
    await makeAcme(service);

    const { answer } = await service.call(read, { path: { key: "workspace::policies" } });

    expect(answer.data).toMatchObject({ name: "workspace::policies", category: "system" });
    expect(answer.data.actions).toContain("write");
  });

  test.each([["workspace"], ["workspace::policies"], ["workspace::anything"], ["billing"]])(
    "are nobody's to change: `%s`",
    async (key) => {
      await using service = await startService();
      await makeAcme(service);
      const before = await everythingIn(service);
      const path = { key };

      const problems = [
        await service.refuse(create, { body: { name: key, actions: ["read"] } }),
        await service.refuse(replace, { path, version: 1, body: { actions: ["read"] } }),
        await service.refuse(remove, { path, version: 1 }),
      ];

      expect(problems.map(({ code }) => code)).toEqual(
        Array.from({ length: 3 }, () => "resource_reserved"),
      );
      expect(await everythingIn(service)).toEqual(before);
    },
  );

  test("are in no workspace that does not exist", async () => {
    await using service = await startService();
    const path = { workspace: "nowhere", key: "billing" };

    const problems = [
      await service.refuse(list, { path }),
      await service.refuse(read, { path }),
      await service.refuse(remove, { path, version: 1 }),
    ];

    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(["workspace_unknown"]));
  });
});

describe("resources", () => {
  const { create, read, remove, replace } = routes.resources;

  test("have the category `custom` unless told otherwise", async () => {
    await using service = await startService();
    await makeAcme(service);

    const { answer } = await service.call(create, {
      body: { name: "invoices", actions: ["read"] },
    });

    expect(answer.data).toMatchObject({ name: "invoices", category: "custom", actions: ["read"] });
  });

  test.each([["workspace"], ["workspace::anything"], ["billing"], ["billing::invoices"]])(
    "cannot be called `%s`",
    async (name) => {
      await using service = await startService();
      await makeAcme(service);

      const problem = await service.refuse(create, { body: { name, actions: ["read"] } });

      expect(problem).toMatchObject({ code: "resource_reserved", status: 422 });
    },
  );

  test.each([
    ["the category `system`", { category: "system" }, "/category"],
    ["no action", { actions: [] }, "/actions"],
    ["an action twice", { actions: ["read", "read"] }, "/actions"],
    ["`*` as an action", { actions: ["*"] }, "/actions/0"],
    ["a name in capitals", { name: "Invoices" }, "/name"],
    ["a name with NUL", { name: "in\0voices" }, "/name"],
  ])("cannot have %s", async (_title, changes, path) => {
    await using service = await startService();
    await makeAcme(service);

    const problem = await service.refuse(create, {
      body: { name: "invoices", actions: ["read"], ...changes },
    });

    expect(problem).toMatchObject({ code: "request_invalid", errors: [{ path }] });
  });

  test("cannot be deleted, or lose an action, while a permission names it", async () => {
    await using service = await startService();
    await makeAcme(service);
    const path = { key: "orders" };
    const { version } = (await service.call(read, { path })).answer.data;
    const before = await everythingIn(service);

    const deleting = await service.refuse(remove, { path, version });
    const dropping = await service.refuse(replace, { path, version, body: { actions: ["read"] } });

    expect([deleting.code, dropping.code]).toEqual(["referenced", "referenced"]);
    expect(await everythingIn(service)).toEqual(before);
  });

  test("keep an action that a permission for every resource names and no other has", async () => {
    await using service = await startService();
    await makeAcme(service);
    const path = { key: "archives" };
    const made = await service.call(create, { body: { name: "archives", actions: ["purge"] } });
    const version = made.headers.get("etag") ?? "";
    await service.call(routes.permissions.create, {
      body: { id: "purgers", resource: "*", actions: ["purge"], policy: "premium_access" },
    });

    const replacing = await service.refuse(replace, { path, version, body: { actions: ["read"] } });
    const removing = await service.refuse(routes.resources.remove, { path, version });
    await service.call(create, { body: { name: "vaults", actions: ["purge"] } });
    const removed = await service.call(routes.resources.remove, { path, version });

    expect([replacing.code, removing.code]).toEqual(["referenced", "referenced"]);
    expect(removing.detail).toContain("`purgers`");
    expect(removed.status).toBe(204);
  });

  test("may lose an action that only a permission for all actions covers", async () => {
    await using service = await startService();
    await makeAcme(service);
    await service.call(create, { body: { name: "invoices", actions: ["read", "pay"] } });
    await service.call(routes.permissions.create, {
      body: { resource: "invoices", actions: ["*"], policy: "premium_access" },
    });
    const path = { key: "invoices" };
    const { version } = (await service.call(read, { path })).answer.data;

    const { answer } = await service.call(replace, { path, version, body: { actions: ["read"] } });

    expect(answer.data.actions).toEqual(["read"]);
  });
});

describe("permissions", () => {
  const { create, read, replace } = routes.permissions;
  const good = { resource: "orders", actions: ["approve"], policy: "premium_access" };

  test("get an id of their own when none is given", async () => {
    await using service = await startService();
    await makeAcme(service);

    const { answer } = await service.call(create, { body: good });

    expect(answer.data.id).toMatch(/^permission-[0-9a-f-]{36}$/);
    expect((await service.call(read, { path: { key: answer.data.id } })).answer).toEqual(answer);
  });

  test.each([
    ["an unknown policy", { policy: "nothing" }, "reference_unknown", "/policy"],
    ["an unknown resource", { resource: "nothing" }, "reference_unknown", "/resource"],
    ["an unknown action", { actions: ["approve", "fly"] }, "reference_unknown", "/actions/1"],
  ])("cannot name %s, neither new nor replaced", async (_title, changes, ...[code, path]) => {
    await using service = await startService();
    await makeAcme(service);
    const existing = await service.call(create, { body: { ...good, id: "existing" } });
    const before = await everythingIn(service);

    const creating = await service.refuse(create, { body: { ...good, ...changes } });
    const replacing = await service.refuse(replace, {
      path: { key: "existing" },
      version: existing.answer.data.version,
      body: { ...good, ...changes },
    });

    expect([creating, replacing]).toMatchObject([
      { code, status: 422, errors: [{ path }] },
      { code, status: 422, errors: [{ path }] },
    ]);
    expect(await everythingIn(service)).toEqual(before);
  });

  test.each([["workspace"], ["workspace::users"], ["billing"], ["billing::x"]])(
    "cannot open the administrative resource `%s`",
    async (resource) => {
      await using service = await startService();
      await makeAcme(service);

      const problem = await service.refuse(create, { body: { ...good, resource, actions: ["*"] } });

      expect(problem).toMatchObject({ code: "resource_reserved", status: 422 });
    },
  );

  test.each([
    ["no action", { actions: [] }, "/actions"],
    ["all actions and one more", { actions: ["*", "approve"] }, "/actions"],
    ["a priority of 1.5", { priority: 1.5 }, "/priority"],
    ["a priority beyond a million", { priority: 1_000_001 }, "/priority"],
  ])("cannot have %s", async (_title, changes, path) => {
    await using service = await startService();
    await makeAcme(service);

    const problem = await service.refuse(create, { body: { ...good, ...changes } });

    expect(problem).toMatchObject({ code: "request_invalid", errors: [{ path }] });
  });
});
