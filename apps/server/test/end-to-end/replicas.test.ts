import { problemSchema, routes } from "@byot/api-contract";
import type { JsonAnswer } from "@byot/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stopAll } from "../start/programme.js";
import { askFor, type AuditedServer, makeAcme, orderPolicy, startOn } from "./audited-server.js";
import { openPostgresDatabase, type ServerStore } from "./server-stores.js";

const patience = { timeout: 20_000 };

let store: ServerStore;
let servers: readonly AuditedServer[];

beforeAll(async () => {
  store = await openPostgresDatabase();
  servers = await Promise.all([startOn(store), startOn(store), startOn(store), startOn(store)]);
}, 120_000);

afterAll(async () => {
  await stopAll();
  await store.remove();
});

function serverAt(index: number): AuditedServer {
  const server = servers[index];
  if (server === undefined) {
    throw new Error(`there is no server ${index}`);
  }
  return server;
}

function decisionOf({ status, body, text }: JsonAnswer): { allowed: boolean; revision: number } {
  expect({ status, text }).toMatchObject({ status: 200 });
  const { allowed, revision } = routes.decisions.authorize.answer.parse(body).data;
  return { allowed, revision };
}

async function setPolicy(server: AuditedServer, effect: "Allow" | "Deny"): Promise<number> {
  const path = "/acme/policies/orders";
  const read = routes.policies.read.answer.parse((await server.call("GET", path)).body);
  const { version } = read.data;
  const written = await server.call("PUT", path, { version, body: orderPolicy(effect) });
  return routes.policies.replace.answer.parse(written.body).data.version;
}

// One after the other: the first test sets up what the others use.
test("start at once on an empty database, all with the same root key", async () => {
  const answers = await Promise.all(servers.map((server) => server.call("GET", "")));
  const ready = await Promise.all(
    servers.map(({ programme }) => fetch(`${programme.url}/readyz`).then(({ status }) => status)),
  );

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(ready).toEqual([200, 200, 200, 200]);
});

test("decide on the revision that a check asks for, whichever server wrote it", async () => {
  const [writer, other] = [serverAt(0), serverAt(1)];
  await makeAcme(writer);
  const revision = await setPolicy(writer, "Allow");
  const before = decisionOf(await askFor(other, "ada", { minRevision: revision }));

  const denied = await setPolicy(writer, "Deny");
  const after = decisionOf(await askFor(other, "ada", { minRevision: denied }));

  expect(before).toEqual({ allowed: true, revision });
  expect(after).toEqual({ allowed: false, revision: denied });
});

test("learn of each other's changes without being asked for a revision", async () => {
  const [writer, ...others] = servers;
  const revision = await setPolicy(writer ?? serverAt(0), "Allow");

  for (const other of others) {
    await expect
      .poll(async () => decisionOf(await askFor(other, "ada")), patience)
      .toEqual({ allowed: true, revision });
  }
});

test("refuse a revision that no server has written", async () => {
  const answers = await Promise.all(
    servers.map((server) => askFor(server, "ada", { minRevision: 1_000_000 })),
  );

  expect(answers.map(({ body }) => problemSchema.parse(body).code)).toEqual([
    "revision_unknown",
    "revision_unknown",
    "revision_unknown",
    "revision_unknown",
  ]);
});

test("refuse an API key that another one has revoked", async () => {
  const [writer, other] = [serverAt(0), serverAt(1)];
  const made = await writer.call("POST", "/acme/api-keys", {
    body: { name: "ci", scopes: ["config:read"] },
  });
  const { id, key } = routes.apiKeys.create.answer.parse(made.body).data;
  const url = `${other.programme.url}/v1/workspaces/acme/policies`;
  const read = async (): Promise<number> =>
    (await fetch(url, { headers: { authorization: `Bearer ${key}` } })).status;

  const before = await read();
  await writer.call("DELETE", `/acme/api-keys/${id}`);

  expect([before, await read()]).toEqual([200, 401]);
});

test("write one log, in which each has a chain of its own", async () => {
  const settings = { hashSubjects: true };
  const path = { id: "hashed", name: "Hashed", settings };
  await serverAt(0).call("POST", "", { body: path });
  await Promise.all(servers.map((server) => askFor(server, "ben")));

  const listed = await serverAt(3).call("GET", "/acme/audit/decisions?subject=ben");
  const verified = await serverAt(2).call("GET", "/acme/audit/verify");

  expect(routes.audit.decisions.answer.parse(listed.body).data).toHaveLength(servers.length);
  expect(routes.audit.verify.answer.parse(verified.body).data).toMatchObject({
    intact: true,
    chains: servers.length,
  });
});

test("give a subject the same pseudonym", async () => {
  const path = "/acme";
  const read = routes.workspaces.read.answer.parse((await serverAt(0).call("GET", path)).body);
  const { name, settings, version } = read.data;
  const written = await serverAt(0).call("PUT", path, {
    version,
    body: { name, settings: { ...settings, hashSubjects: true } },
  });
  const minRevision = routes.workspaces.replace.answer.parse(written.body).data.version;
  const answers = await Promise.all(
    servers.map((server) => askFor(server, "cleo", { minRevision })),
  );

  const listed = await serverAt(0).call("GET", "/acme/audit/decisions?subject=cleo");

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const logged = routes.audit.decisions.answer.parse(listed.body).data;
  expect(logged).toHaveLength(servers.length);
  expect(new Set(logged.map(({ subject }) => subject)).size).toBe(1);
});

test("print neither the URL of the database nor its password nor the root key", async () => {
  const printed = servers
    .map(({ programme }) => programme.stdout() + programme.stderr())
    .join("\n");
  const secrets = [...store.secrets, await store.rootKey()];

  expect(printed).toContain("byot is ready");
  expect(secrets.filter((secret) => printed.includes(secret))).toEqual([]);
});
