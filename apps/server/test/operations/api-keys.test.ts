import { routes } from "@byot/api-contract";
import { expect, test } from "vitest";
import { hashApiKey } from "../../src/access/api-key.js";
import { everythingIn, makeAcme } from "../support/acme.js";
import { startService } from "../support/service.js";

const { create, list, revoke } = routes.apiKeys;

test("shows a new key once: it opens its workspace, and no list ever shows it", async () => {
  await using service = await startService();
  await makeAcme(service);

  const { answer } = await service.call(create, {
    body: { name: "ci", scopes: ["config:read"], expiresAt: "2026-12-31T23:00:00+01:00" },
  });
  const { key, ...described } = answer.data;
  service.keepSecret(key);
  const listed = await service.call(list);
  const used = await service.call(routes.policies.list, { key });

  expect(described).toEqual({
    id: key.slice(5, 13),
    name: "ci",
    scopes: ["config:read"],
    createdAt: "2026-03-02T09:00:00.000Z",
    expiresAt: "2026-12-31T22:00:00.000Z",
  });
  expect(listed.answer.data).toEqual([described]);
  expect(JSON.stringify(listed.answer)).not.toContain(hashApiKey(key));
  expect(used.answer.data).toHaveLength(2);
});

test("opens nothing after its end", async () => {
  await using service = await startService();
  await makeAcme(service);
  const { answer } = await service.call(create, {
    body: { name: "ci", scopes: ["config:read"], expiresAt: "2026-03-02T09:01:00Z" },
  });
  const { key } = answer.data;
  await service.call(routes.policies.list, { key });

  service.clock.advanceSeconds(60);
  const problem = await service.refuse(routes.policies.list, { key });

  expect(problem.code).toBe("api_key_invalid");
});

test("opens nothing once it is revoked; revoking it again changes nothing", async () => {
  await using service = await startService();
  await makeAcme(service);
  const created = await service.call(create, { body: { name: "ci", scopes: ["config:read"] } });
  const { key, id } = created.answer.data;

  await service.call(revoke, { path: { key: id } });
  service.clock.advanceSeconds(60);
  await service.call(revoke, { path: { key: id } });
  const problem = await service.refuse(routes.policies.list, { key });
  const { answer } = await service.call(list);

  expect(problem.code).toBe("api_key_invalid");
  expect(answer.data).toMatchObject([{ id, revokedAt: "2026-03-02T09:00:00.000Z" }]);
});

test("can be given no scope that its creator lacks", async () => {
  await using service = await startService();
  await makeAcme(service);
  const creator = await service.makeKey({ scopes: ["keys:write", "config:read"] });
  const before = await everythingIn(service);

  const problem = await service.refuse(create, {
    key: creator,
    body: { name: "ci", scopes: ["config:read", "config:write"] },
  });

  expect(problem).toMatchObject({ code: "scope_not_grantable", status: 403 });
  expect(problem.detail).toContain("`config:write`");
  expect(await everythingIn(service)).toEqual(before);
});

test("can be given what its creator has, or no scope at all", async () => {
  await using service = await startService();
  await makeAcme(service);
  const creator = await service.makeKey({ scopes: ["keys:write", "config:read"] });
  const scopeLists = [["keys:write", "config:read"], ["config:read"], []];

  for (const scopes of scopeLists) {
    const { answer } = await service.call(create, { key: creator, body: { name: "ci", scopes } });

    expect(answer.data.scopes).toEqual(scopes);
  }
});

test("end no later than the key that makes them", async () => {
  await using service = await startService();
  await makeAcme(service);
  const creator = await service.makeKey({ expiresAt: new Date("2026-03-03T00:00:00Z") });
  const make = { key: creator, body: { name: "ci", scopes: [] } };

  const endless = await service.refuse(create, make);
  const longer = await service.refuse(create, {
    ...make,
    body: { ...make.body, expiresAt: "2026-03-03T00:00:01Z" },
  });
  const equal = await service.call(create, {
    ...make,
    body: { ...make.body, expiresAt: "2026-03-03T00:00:00Z" },
  });
  service.keepSecret(equal.answer.data.key);

  expect([endless.code, longer.code]).toEqual(["expiry_not_grantable", "expiry_not_grantable"]);
  expect(endless.status).toBe(403);
});

test("cannot be made with an end that has passed", async () => {
  await using service = await startService();
  await makeAcme(service);
  const body = { name: "ci", scopes: [], expiresAt: "2026-03-02T09:00:00Z" };

  const problem = await service.refuse(create, { body });

  expect(problem).toMatchObject({ code: "request_invalid", errors: [{ path: "/expiresAt" }] });
});

test("can be made, listed and revoked in the creator's own workspace alone", async () => {
  await using service = await startService();
  await makeAcme(service);
  await service.call(routes.workspaces.create, { body: { id: "beta", name: "Beta" } });
  const creator = await service.makeKey({ workspaceId: "acme" });
  const path = { workspace: "beta" };
  const beta = await service.call(create, { path, body: { name: "ci", scopes: [] } });

  const creating = await service.refuse(create, {
    key: creator,
    path,
    body: { name: "ci", scopes: [] },
  });
  const listing = await service.refuse(list, { key: creator, path });
  const revoking = await service.refuse(revoke, {
    key: creator,
    path: { workspace: "acme", key: beta.answer.data.id },
  });

  expect([creating.code, listing.code, revoking.code]).toEqual([
    "workspace_not_permitted",
    "workspace_not_permitted",
    "api_key_unknown",
  ]);
});

test("cannot be revoked through a workspace when they are the root key", async () => {
  await using service = await startService();
  await makeAcme(service);

  const problem = await service.refuse(revoke, { path: { key: service.rootKey.slice(5, 13) } });

  expect(problem.code).toBe("api_key_unknown");
});

test("cannot be listed, made or revoked in an unknown workspace", async () => {
  await using service = await startService();
  const path = { workspace: "nowhere", key: "AAAAAAAA" };

  const problems = [
    await service.refuse(list, { path }),
    await service.refuse(create, { path, body: { name: "ci", scopes: [] } }),
    await service.refuse(revoke, { path }),
  ];

  expect(problems.map(({ code }) => code)).toEqual([
    "workspace_unknown",
    "workspace_unknown",
    "workspace_unknown",
  ]);
});

test.each([
  ["an unknown scope", { scopes: ["everything"] }, "/scopes/0"],
  ["a scope twice", { scopes: ["keys:read", "keys:read"] }, "/scopes"],
  ["no name", { name: "" }, "/name"],
  ["an end that is no time", { expiresAt: "tomorrow" }, "/expiresAt"],
  ["an end without a zone", { expiresAt: "2026-12-31T23:00:00" }, "/expiresAt"],
  ["a workspace of its own", { workspaceId: "beta" }, "/workspaceId"],
])("cannot be made with %s", async (_title, changes, path) => {
  await using service = await startService();
  await makeAcme(service);

  const problem = await service.refuse(create, { body: { name: "ci", scopes: [], ...changes } });

  expect(problem).toMatchObject({ code: "request_invalid", errors: [{ path }] });
});
