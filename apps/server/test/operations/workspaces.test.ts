import { defaultWorkspaceSettings, routes } from "@byot/api-contract";
import { expect, test } from "vitest";
import { everythingIn, makeAcme } from "../support/acme.js";
import { startService } from "../support/service.js";

const { create, list, read, remove, replace } = routes.workspaces;

test("creates a workspace with every setting's default", async () => {
  await using service = await startService();

  const { answer, headers } = await service.call(create, { body: { id: "acme", name: "Acme" } });

  expect(answer.data).toEqual({
    id: "acme",
    name: "Acme",
    settings: {
      checksRequireApiKey: false,
      decisionLog: "strict",
      logAttributes: "names",
      hashSubjects: false,
      timeZone: "UTC",
      ipFromConnection: false,
      retentionDays: 90,
    },
    version: 1,
    createdAt: "2026-03-02T09:00:00.000Z",
    updatedAt: "2026-03-02T09:00:00.000Z",
  });
  expect(headers.get("etag")).toBe('"1"');
});

test("replaces name and settings, and never the id", async () => {
  await using service = await startService();
  await service.call(create, { body: { id: "acme", name: "Acme" } });

  const { answer } = await service.call(replace, {
    version: 1,
    body: {
      name: "Acme Inc.",
      settings: { ...defaultWorkspaceSettings, checksRequireApiKey: true },
    },
  });
  const withId = await service.refuse(replace, {
    version: 2,
    body: { id: "other", name: "Acme", settings: defaultWorkspaceSettings },
  });

  expect(answer.data).toMatchObject({ id: "acme", settings: { checksRequireApiKey: true } });
  expect(withId).toMatchObject({ errors: [{ path: "/id", code: "unknown_field" }] });
});

test("lists workspaces in pages, ordered by id", async () => {
  await using service = await startService();
  for (const id of ["gamma", "alpha", "beta"]) {
    await service.call(create, { body: { id, name: id } });
  }

  const first = await service.call(list, { query: { limit: "2" } });
  const rest = await service.call(list, {
    query: { limit: "2", cursor: first.answer.page.nextCursor ?? "" },
  });

  expect([...first.answer.data, ...rest.answer.data].map(({ id }) => id)).toEqual([
    "alpha",
    "beta",
    "gamma",
  ]);
  expect(rest.answer.page.nextCursor).toBeNull();
});

test("refuses a second workspace of the same id and leaves the first as it was", async () => {
  await using service = await startService();
  await makeAcme(service);
  const before = await everythingIn(service);

  const problem = await service.refuse(create, { body: { id: "acme", name: "Usurper" } });

  expect(problem.code).toBe("already_exists");
  expect(await everythingIn(service)).toEqual(before);
});

test("deletes no workspace that holds something, and says what it holds", async () => {
  await using service = await startService();
  await makeAcme(service);
  const before = await everythingIn(service);

  const problem = await service.refuse(remove, { version: 1 });

  expect(problem).toMatchObject({
    code: "workspace_not_empty",
    status: 409,
    detail: "the workspace still has 1 providers, 2 policies, 2 resources, 2 permissions",
  });
  expect(await everythingIn(service)).toEqual(before);
});

test("deletes a workspace with all that is in it when told to, its keys too", async () => {
  await using service = await startService();
  await makeAcme(service);
  const key = await service.makeKey({ workspaceId: "acme" });

  await service.call(remove, { version: 1, query: { cascade: "true" } });
  await service.call(create, { body: { id: "acme", name: "Acme again" } });
  const again = await service.call(routes.policies.list);
  const withOldKey = await service.refuse(routes.policies.list, { key });

  expect(again.answer.data).toEqual([]);
  expect(withOldKey.code).toBe("api_key_invalid");
});

test("answers no check in a workspace that was deleted", async () => {
  await using service = await startService();
  await makeAcme(service);
  const body = {
    token: await service.tokenOf("ada"),
    resource: "premium-features",
    action: "access",
  };
  await service.call(routes.decisions.authorize, { body });

  await service.call(remove, { version: 1, query: { cascade: "true" } });
  const problem = await service.refuse(routes.decisions.authorize, { body });

  expect(problem.code).toBe("workspace_unknown");
});

test.each([["maybe"], [""], ["TRUE"], ["1"]])("refuses a cascade of `%s`", async (cascade) => {
  await using service = await startService();
  await makeAcme(service);

  const problem = await service.refuse(remove, { version: 1, query: { cascade } });

  expect(problem).toMatchObject({ code: "request_invalid", errors: [{ path: "/cascade" }] });
});

test.each([
  [undefined, "version_required"],
  ['"7"', "version_stale"],
  ["*", "request_invalid"],
])("neither replaces nor deletes with If-Match %s", async (version, code) => {
  await using service = await startService();
  await makeAcme(service);
  const match = version === undefined ? {} : { version };

  const body = { name: "Other", settings: defaultWorkspaceSettings };
  const replacing = await service.refuse(replace, { ...match, body });
  const deleting = await service.refuse(remove, { ...match, query: { cascade: "true" } });

  expect([replacing.code, deleting.code]).toEqual([code, code]);
});

test("shows a key that is bound to a workspace that workspace and no list of all", async () => {
  await using service = await startService();
  await makeAcme(service);
  const key = await service.makeKey({ workspaceId: "acme" });

  const { answer } = await service.call(read, { key });
  const listing = await service.refuse(list, { key });
  const creating = await service.refuse(create, { key, body: { id: "beta", name: "Beta" } });

  expect(answer.data.id).toBe("acme");
  expect([listing.code, creating.code]).toEqual([
    "workspace_not_permitted",
    "workspace_not_permitted",
  ]);
});

test.each([
  ["", "/id"],
  ["Acme", "/id"],
  ["1acme", "/id"],
  ["a.b", "/id"],
  ["../etc", "/id"],
  ["a".repeat(64), "/id"],
])("refuses the id `%s`", async (id, path) => {
  await using service = await startService();

  const problem = await service.refuse(create, { body: { id, name: "Acme" } });

  expect(problem).toMatchObject({ code: "request_invalid", errors: [{ path }] });
});
