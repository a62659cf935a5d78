import { routes } from "@byot/api-contract";
import { type Storage, StorageError, type StorageErrorCode } from "@byot/storage";
import { expect, test } from "vitest";
import { everythingIn, makeAcme } from "../support/acme.js";
import { audience, issuer, startService } from "../support/service.js";

/** A storage whose list of policies fails. */
function failingWith(error: Error): (storage: Storage) => Storage {
  const list = async (): Promise<never> => {
    throw error;
  };
  return (storage) => ({ ...storage, policies: { ...storage.policies, list } });
}

test("says nothing of an error that nobody foresaw but to the operator", async () => {
  await using service = await startService({
    wrapStorage: failingWith(new TypeError("the inner workings")),
  });
  await makeAcme(service);

  const answer = await service.ask(routes.policies.list, {
    headers: { "x-request-id": "order-7" },
  });

  expect(answer).toMatchObject({ status: 500, body: { code: "internal_error" } });
  expect(answer.text).not.toContain("inner workings");
  expect(service.logged()).toContainEqual(
    expect.objectContaining({
      msg: "a request failed",
      requestId: "order-7",
      err: expect.objectContaining({ message: "the inner workings" }) as unknown,
    }),
  );
});

test.each<[StorageErrorCode, number, string]>([
  ["UNAVAILABLE", 503, "storage_unavailable"],
  ["CLOSED", 503, "storage_unavailable"],
  ["CORRUPT", 500, "internal_error"],
  ["VERSION_CONFLICT", 409, "configuration_changed"],
  ["ALREADY_EXISTS", 409, "already_exists"],
  ["REFERENCED", 409, "referenced"],
])("answers a storage that rejects with %s by %i", async (storageCode, status, code) => {
  await using service = await startService({
    wrapStorage: failingWith(new StorageError(storageCode, "the file /var/lib/byot.db")),
  });
  await makeAcme(service);

  const answer = await service.ask(routes.policies.list);

  expect(answer).toMatchObject({ status, body: { code } });
  expect(answer.headers.get("retry-after")).toBe(status === 503 ? "1" : null);
  expect(answer.text).not.toContain("/var/lib");
});

test("answers a check by 503 and a time to try again while a provider's keys cannot be had", async () => {
  await using service = await startService();
  await makeAcme(service);
  const elsewhere = `${issuer}/elsewhere`;
  await service.call(routes.providers.create, {
    query: { skipConnectionTest: "true" },
    body: { name: "Elsewhere", issuer: elsewhere, allowedAudiences: [audience] },
  });
  const [header = "", payload = "", signature = ""] = (await service.tokenOf("ada")).split(".");
  const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
  const moved = Buffer.from(JSON.stringify({ ...Object(claims), iss: elsewhere }));
  const token = service.keepSecret(`${header}.${moved.toString("base64url")}.${signature}`);

  const answer = await service.ask(routes.decisions.authorize, {
    body: { token, resource: "orders", action: "approve" },
  });

  expect(answer).toMatchObject({ status: 503, body: { code: "jwks_unavailable" } });
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
});

test("loses no change among many that are made at once", async () => {
  await using service = await startService();
  await makeAcme(service);
  const names = Array.from({ length: 20 }, (_, index) => `resource-${index}`);

  const answers = await Promise.all(
    names.map((name) =>
      service.ask(routes.resources.create, { body: { name, actions: ["read"] } }),
    ),
  );
  const stored = await service.storage.readConfiguration("acme");

  expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
  expect(stored?.resources).toHaveLength(2 + answers.filter(({ status }) => status === 201).length);
});

test("lets one of several replacements of the same version win", async () => {
  await using service = await startService();
  await makeAcme(service);
  const path = { key: "orders" };
  const { answer } = await service.call(routes.resources.read, { path });
  const { version } = answer.data;

  const answers = await Promise.all(
    ["read", "write", "delete"].map((action) =>
      service.ask(routes.resources.replace, {
        path,
        version,
        body: { actions: ["approve", action] },
      }),
    ),
  );

  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412, 412]);
});

test("gives up a change that others overtake each time, and changes nothing", async () => {
  const overtaken = new StorageError("VERSION_CONFLICT", "another writer came first");
  let tries = 0;
  await using service = await startService({
    wrapStorage: (storage) => ({
      ...storage,
      apply: (changes) => {
        if (changes.writes.some(({ kind }) => kind === "permission")) {
          tries += 1;
          return Promise.reject(overtaken);
        }
        return storage.apply(changes);
      },
    }),
  });
  await service.call(routes.workspaces.create, { body: { id: "acme", name: "Acme" } });
  await service.call(routes.policies.create, {
    body: { name: "p", specification: { rules: [{ rule_id: "r", effect: "Allow" }] } },
  });
  const before = await everythingIn(service);

  const problem = await service.refuse(routes.permissions.create, {
    body: { resource: "*", actions: ["*"], policy: "p" },
  });

  expect(problem).toMatchObject({ code: "configuration_changed", status: 409 });
  expect(tries).toBe(3);
  expect(await everythingIn(service)).toEqual(before);
});
