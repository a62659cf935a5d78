import type { Storage } from "@byot/storage";
import { openPostgresStorage } from "@byot/storage-postgres";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { useServer } from "./postgres-server.js";
import { decision, erasure, newWorkspace, recordId, refusal } from "./sample-changes.js";

const { freshUrl } = useServer();
let url: string;
const opened: Storage[] = [];

async function open(): Promise<Storage> {
  // So long that no busy machine makes an append fail.
  const storage = await openPostgresStorage({ url, appendTimeoutMillis: 20_000 });
  opened.push(storage);
  return storage;
}

beforeEach(async () => {
  url = await freshUrl();
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((storage) => storage.close()));
});

describe("four storages on one database", () => {
  const workspaceIds = ["acme", "globex", "initech"];

  test("append to their own chains at the same time, and bind each other's", async () => {
    const storages = await Promise.all([1, 2, 3, 4].map(open));

    // Each append is of all workspaces, in another order.
    await Promise.all(
      storages.flatMap((storage, writer) =>
        [0, 1, 2, 3, 4].map((round) =>
          storage.decisionLog.append(
            workspaceIds.map((_, place) =>
              decision(writer * 100 + round * 10 + place, {
                workspaceId: workspaceIds[(place + writer) % workspaceIds.length] ?? "acme",
              }),
            ),
          ),
        ),
      ),
    );

    for (const workspaceId of workspaceIds) {
      const [storage] = storages;
      expect(await storage?.decisionLog.verify(workspaceId)).toMatchObject({
        intact: true,
        chains: 4,
        segments: 20,
        decisions: 20,
      });
    }
  });

  test.each([1, 2, 3, 4, 5])("erase and drop while others append, round %i", async () => {
    const [one, two, three, four] = await Promise.all([1, 2, 3, 4].map(open));
    const numbers = Array.from({ length: 100 }, (_, n) => n);
    await one?.decisionLog.append(numbers.map((n) => decision(n)));
    await two?.decisionLog.append(numbers.map((n) => decision(200 - n)));

    await Promise.all([
      one?.decisionLog.eraseSubject("acme", erasure("ada")),
      two?.decisionLog.eraseSubject("acme", erasure("ada")),
      three?.decisionLog.dropBefore("acme", decision(100).at),
      four?.decisionLog.dropBefore("acme", decision(1000).at),
      ...numbers
        .slice(0, 5)
        .flatMap((n) => [
          one?.decisionLog.append([decision(2000 + n)]),
          four?.decisionLog.append([decision(3000 + n)]),
        ]),
    ]);

    expect(await one?.decisionLog.verify("acme")).toMatchObject({ intact: true, problems: [] });
  });
});

test("an append that failed leaves a chain that the next one binds", async () => {
  const storage = await open();
  await storage.decisionLog.append([decision(1)]);
  await expect(storage.decisionLog.append([decision(1)])).rejects.toMatchObject({
    code: "ALREADY_EXISTS",
    cause: { name: "PostgresError", code: "23505" },
  });
  const [before] = await storage.decisionLog.checkpoint("acme");
  await storage.decisionLog.append([decision(2)]);

  const heads = await storage.decisionLog.checkpoint("acme");

  expect(heads).toHaveLength(2);
  expect(heads).toContainEqual(before);
  expect(await storage.decisionLog.verify("acme", heads)).toMatchObject({
    intact: true,
    chains: 2,
  });
});

test("appends that are made at once are written in the order they were made in", async () => {
  const storage = await open();

  await Promise.all([1, 2, 3, 4, 5].map((n) => storage.decisionLog.append([decision(n)])));

  const [head] = await storage.decisionLog.checkpoint("acme");
  expect(head?.sequence).toBe(5);
  expect(await storage.decisionLog.verify("acme")).toMatchObject({ intact: true, segments: 5 });
});

describe("a subject of any length", () => {
  // Random-looking, so that no compression makes it fit into an index.
  const long = Array.from({ length: 20_000 }, (_, n) =>
    ((n * n * 7919 + n * 31) % 36).toString(36),
  ).join("");

  test("is kept, found, told from another one with the same beginning, and erased", async () => {
    const storage = await open();
    const other = `${long}.`;
    await storage.decisionLog.append([
      decision(1, { personal: { subject: long, attributes: [] } }),
      decision(2, { personal: { subject: other, attributes: [] } }),
    ]);
    await storage.decisionLog.appendRefusals([{ ...refusal(1), subject: long }]);

    const found = await storage.decisionLog.list("acme", { limit: 10, subject: long });
    expect(found.items.map(({ decisionId }) => decisionId)).toEqual([recordId(1)]);
    expect(await storage.decisionLog.eraseSubject("acme", erasure(long))).toEqual({
      decisions: 1,
      refusals: 1,
    });
    const rest = await storage.decisionLog.list("acme", { limit: 10, subject: other });
    expect(rest.items).toHaveLength(1);
  });
});

test("text that PostgreSQL cannot keep is a mistake of the caller", async () => {
  const storage = await open();

  const append = storage.decisionLog.append([decision(1, { requestId: "a\u0000b" })]);

  await expect(append).rejects.toThrow(TypeError);
  await expect(append).rejects.toThrow("a NUL or a lone surrogate");
  await expect(storage.resources.find("acme", "a\u0000b")).rejects.toThrow(TypeError);
});

test("commits wait for the disk also where the database is set not to", async () => {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`ALTER DATABASE ${client.database} SET synchronous_commit = off`);
  await client.query(
    `CREATE FUNCTION note_setting() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN NEW.request_id = current_setting('synchronous_commit'); RETURN NEW; END $$`,
  );
  for (const table of ["decisions", "change_log"]) {
    await client.query(
      `CREATE TRIGGER note BEFORE INSERT ON byot.${table}
       FOR EACH ROW EXECUTE FUNCTION note_setting()`,
    );
  }
  await client.end();
  const storage = await open();

  await storage.decisionLog.append([decision(1)]);

  await storage.apply(newWorkspace("acme"));

  expect(await storage.decisionLog.find("acme", recordId(1))).toMatchObject({ requestId: "on" });
  const { items } = await storage.changeLog.list("acme", { limit: 1 });
  expect(items).toMatchObject([{ requestId: "on" }]);
});
