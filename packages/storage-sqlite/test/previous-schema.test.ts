import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { defaultWorkspaceSettings, type Storage } from "@byot/storage";
import { openSqliteStorage } from "@byot/storage-sqlite";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { freshDatabasePath } from "./fresh-folder.js";
import { at, decision, erasureOfAda, newResource, origin } from "./sample-changes.js";

const page = { limit: 200 };

interface Migrations {
  readonly folder: "configuration" | "decisions";
  readonly names: readonly string[];
}

/** What the version before the chains and the change log has made. */
const before: readonly Migrations[] = [
  { folder: "configuration", names: ["0000_start"] },
  { folder: "decisions", names: ["0000_start", "0001_times_in_indexes"] },
];

/** When drizzle made a migration: the name under which a database remembers it. */
function madeAt(folder: string, name: string): number {
  const path = join(import.meta.dirname, "../migrations", folder, "meta/_journal.json");
  const [, when] =
    new RegExp(`"when": (\\d+),\\s+"tag": "${name}"`).exec(readFileSync(path, "utf8")) ?? [];
  return Number(when);
}

function migrated(path: string, { folder, names }: Migrations): Database.Database {
  writeFileSync(path, "");
  const client = new Database(path);
  client.pragma("journal_mode = WAL");
  client.exec(
    "CREATE TABLE __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)",
  );
  for (const name of names) {
    const sql = join(import.meta.dirname, "../migrations", folder, `${name}.sql`);
    client.exec(readFileSync(sql, "utf8"));
    client
      .prepare("INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)")
      .run(name, madeAt(folder, name));
  }
  return client;
}

function fillConfiguration(client: Database.Database): void {
  client.exec(`
    INSERT INTO workspace_revisions VALUES ('acme', 4), ('globex', 2), ('gone', 9);
    INSERT INTO workspaces (workspace_id, key, version, created_at, updated_at, value) VALUES
      ('acme', 'acme', 4, ${at.getTime()}, ${at.getTime()},
       '{"id":"acme","name":"Acme Inc.","settings":{"checksRequireApiKey":true}}'),
      ('globex', 'globex', 2, ${at.getTime()}, ${at.getTime()},
       '{"id":"globex","name":"Globex \\u00e9","settings":{"checksRequireApiKey":false}}');
    INSERT INTO resources (workspace_id, key, version, created_at, updated_at, value) VALUES
      ('acme', 'orders', 3, ${at.getTime()}, ${at.getTime()},
       '{"name":"orders","category":"commerce","actions":["read"]}');
    INSERT INTO api_keys VALUES
      ('ci', '9f86d081', 'Deployment', '["config:read"]', 'acme', ${at.getTime()}, NULL, NULL);
  `);
}

const determining = JSON.stringify(decision("1").determining);

function fillDecisions(client: Database.Database): void {
  const insert = client.prepare(`INSERT INTO decisions
    (decision_id, workspace_id, at, revision, request_id, issuer, subject, provider_id, resource,
     action, decision, reason, determining, errors, duration_micros)
    VALUES (?, ?, ?, 1, 'request-1', 'https://clerk.acme.example', ?, 'clerk', 'orders', 'read',
     'Allow', 'allowed_by_rule', ?, '[]', 412)`);
  for (let n = 0; n < 1100; n += 1) {
    const workspaceId = n % 100 === 0 ? "globex" : "acme";
    insert.run(
      `decision-${n}`,
      workspaceId,
      at.getTime() + n,
      n % 2 === 0 ? "ada" : "bob",
      determining,
    );
  }
  client.exec(`INSERT INTO token_refusals
    (refusal_id, workspace_id, at, request_id, code, unverified_issuer, resource, action) VALUES
    ('refusal-1', 'acme', ${at.getTime()}, 'request-1', 'token_expired', NULL, 'orders', 'read')`);
}

describe("files of the version without chains and a change log", () => {
  let path: string;
  let storage: Storage;

  beforeEach(() => {
    path = freshDatabasePath();
    for (const migrations of before) {
      const isDecisions = migrations.folder === "decisions";
      const name = isDecisions ? "byot-decisions.db" : "byot.db";
      const client = migrated(join(dirname(path), name), migrations);
      (isDecisions ? fillDecisions : fillConfiguration)(client);
      client.close();
    }
    storage = openSqliteStorage({ path });
  });

  afterEach(async () => {
    await storage.close();
  });

  test("keep their workspaces, set to the defaults in what they could not choose", async () => {
    expect(await storage.workspaces.find("acme")).toEqual({
      workspaceId: "acme",
      id: "acme",
      name: "Acme Inc.",
      settings: { ...defaultWorkspaceSettings, checksRequireApiKey: true },
      version: 4,
      createdAt: at,
      updatedAt: at,
    });
    expect((await storage.workspaces.find("globex"))?.settings).toEqual(defaultWorkspaceSettings);
    expect((await storage.workspaces.find("globex"))?.name).toBe("Globex é");
  });

  test("keep everything else, and record changes from now on", async () => {
    expect(await storage.resources.find("acme", "orders")).toMatchObject({ version: 3 });
    expect(await storage.apiKeys.find("ci")).toMatchObject({ name: "Deployment" });
    expect(await storage.revision("gone")).toBeUndefined();
    expect((await storage.changeLog.list("acme", page)).items).toEqual([]);
    expect(await storage.apply(newResource("invoices"))).toBe(5);
    expect((await storage.changeLog.list("acme", page)).items).toMatchObject([
      { revision: 5, kind: "resource", key: "invoices", operation: "create", ...origin },
    ]);
  });

  test("keep their decisions with all that was recorded", async () => {
    expect(await storage.decisionLog.find("acme", "decision-42")).toEqual(
      decision("decision-42", {
        at: new Date(at.getTime() + 42),
        personal: { subject: "ada", attributes: [] },
      }),
    );
    const { items } = await storage.decisionLog.list("acme", { ...page, subject: "bob" });
    expect(items).toHaveLength(200);
    expect(items[0]?.decisionId).toBe("decision-1099");
    expect(
      (await storage.decisionLog.list("acme", { ...page, ruleId: "premium-only" })).items,
    ).toHaveLength(200);
    expect((await storage.decisionLog.listRefusals("acme", page)).items).toEqual([
      {
        refusalId: "refusal-1",
        workspaceId: "acme",
        at,
        count: 1,
        requestId: "request-1",
        code: "token_expired",
        resource: "orders",
        action: "read",
      },
    ]);
  });

  test("have their decisions sealed into a chain of their own, which the next one binds", async () => {
    expect(await storage.decisionLog.verify("acme")).toMatchObject({
      intact: true,
      chains: 1,
      segments: 3,
      decisions: 1089,
    });
    expect(await storage.decisionLog.verify("globex")).toMatchObject({
      intact: true,
      decisions: 11,
    });
    await storage.decisionLog.append([decision("new")]);
    expect(await storage.decisionLog.verify("acme")).toMatchObject({
      intact: true,
      chains: 2,
      decisions: 1090,
    });
  });

  test("can have a subject erased and old decisions dropped like any others", async () => {
    expect(await storage.decisionLog.eraseSubject("acme", erasureOfAda)).toEqual({
      decisions: 539,
      refusals: 0,
    });
    expect(await storage.decisionLog.verify("acme")).toMatchObject({ intact: true, erased: 539 });
    const later = new Date(at.getTime() + 10_000);
    expect(await storage.decisionLog.dropBefore("acme", later)).toMatchObject({
      decisions: 1089,
      refusals: 1,
    });
    expect(await storage.decisionLog.verify("acme")).toMatchObject({ intact: true, decisions: 0 });
  });

  test("are brought up to date once", async () => {
    const heads = await storage.decisionLog.checkpoint("acme");
    await storage.close();
    storage = openSqliteStorage({ path });
    expect(await storage.decisionLog.checkpoint("acme")).toEqual(heads);
    expect(await storage.decisionLog.verify("acme", heads)).toMatchObject({ intact: true });
  });
});
