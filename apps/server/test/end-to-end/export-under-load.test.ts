import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { loggedDecisionSchema, routes } from "@byot/api-contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stopAll } from "../start/programme.js";
import { askFor, type AuditedServer, makeAcme, startOn } from "./audited-server.js";
import { type ServerStore, storeKinds } from "./server-stores.js";

const many = 3000;
const callers = 32;

function begin(server: AuditedServer, rootKey: string): Promise<IncomingMessage> {
  const url = `${server.programme.url}/v1/workspaces/acme/audit/export`;
  return new Promise((resolve, reject) => {
    get(url, { headers: { authorization: `Bearer ${rootKey}` } }, resolve).on("error", reject);
  });
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  response.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(response, "end");
  return Buffer.concat(chunks).toString();
}

describe.each(storeKinds)("on %s", (_name, openStore) => {
  let store: ServerStore;
  let server: AuditedServer;

  beforeAll(async () => {
    store = await openStore();
    server = await startOn(store);
    await makeAcme(server);
  }, 120_000);

  afterAll(async () => {
    await stopAll();
    await store.remove();
  });

  async function ask(): Promise<string> {
    const { body } = await askFor(server, "ada");
    return routes.decisions.authorize.answer.parse(body).data.decisionId;
  }

  /** Asks `count` questions, some at a time. */
  async function askMany(count: number): Promise<readonly string[]> {
    const shares = Array.from({ length: callers }, async () => {
      const ids: string[] = [];
      for (let asked = 0; asked < count / callers; asked += 1) {
        ids.push(await ask());
      }
      return ids;
    });
    return (await Promise.all(shares)).flat();
  }

  test(
    "an export holds each decision that was answered before it, once, while others arrive",
    { timeout: 120_000 },
    async () => {
      const before = await askMany(many);
      const response = await begin(server, await store.rootKey());

      const during = askMany(many / 10);
      const text = await readAll(response);
      await during;

      const exported = text
        .trimEnd()
        .split("\n")
        .map((line) => loggedDecisionSchema.parse(JSON.parse(line)));
      const ids = exported.map(({ decisionId }) => decisionId);
      const times = exported.map(({ at }) => at);
      const found = new Set(ids);
      expect(before.filter((id) => !found.has(id))).toEqual([]);
      expect(found.size).toBe(ids.length);
      expect(times).toEqual(times.toSorted().toReversed());
    },
  );
});
