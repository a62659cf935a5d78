import { cpSync, existsSync } from "node:fs";
import { dirname } from "node:path";
import type { ChainReport, Storage } from "@byot/storage";
import { openSqliteStorage } from "@byot/storage-sqlite";
import Database from "better-sqlite3";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { freshDatabasePath } from "./fresh-folder.js";
import { at, decision, erasureOfAda } from "./sample-changes.js";

let path: string;
let storage: Storage;

const original = freshDatabasePath();

/** Two segments of three decisions, the chain of one opening; then one of one decision, that of the next. */
beforeAll(async () => {
  const first = openSqliteStorage({ path: original });
  await first.decisionLog.append([decision("a-1"), decision("a-2"), decision("a-3")]);
  await first.decisionLog.append([decision("b-1"), decision("b-2"), decision("b-3")]);
  await first.close();
  const second = openSqliteStorage({ path: original });
  await second.decisionLog.append([decision("c-1")]);
  await second.close();
});

beforeEach(() => {
  path = freshDatabasePath();
  cpSync(dirname(original), dirname(path), { recursive: true });
  storage = openSqliteStorage({ path });
});

afterEach(async () => {
  await storage.close();
});

/** Writes past the storage, as somebody with access to the file would. */
async function tamper(sql: string): Promise<ChainReport> {
  const file = path.replace(".db", "-decisions.db");
  expect(existsSync(file)).toBe(true);
  const client = new Database(file);
  client.pragma("foreign_keys = OFF");
  client.exec(sql);
  client.close();
  return storage.decisionLog.verify("acme");
}

const sequenceOf = (id: string): string =>
  `(SELECT sequence FROM decisions WHERE decision_id = '${id}')`;
const segmentOf = (id: string): string =>
  `(SELECT segment_id FROM decisions WHERE decision_id = '${id}')`;

test("verify finds nothing where nobody has tampered", async () => {
  expect(await storage.decisionLog.verify("acme")).toMatchObject({
    intact: true,
    chains: 2,
    segments: 3,
    decisions: 7,
  });
});

describe("verify finds", () => {
  test.each([
    ["a flipped decision", "UPDATE decisions SET decision = 'Deny' WHERE decision_id = 'a-2'"],
    ["a time moved by a millisecond", "UPDATE decisions SET at = at + 1 WHERE decision_id = 'b-1'"],
    [
      "a time in other clothes",
      `UPDATE decisions SET at = '${at.toISOString()}' WHERE decision_id = 'b-1'`,
    ],
    ["other rules", "UPDATE decisions SET determining = '[]' WHERE decision_id = 'a-1'"],
    ["a list that is none", "UPDATE decisions SET determining = '{' WHERE decision_id = 'a-1'"],
    [
      "a decision of another workspace",
      "UPDATE decisions SET workspace_id = 'globex' WHERE decision_id = 'a-1'",
    ],
    [
      "another hash of what is personal",
      "UPDATE decisions SET personal_hash = '00' WHERE decision_id = 'c-1'",
    ],
    ["a deleted decision", "DELETE FROM decisions WHERE decision_id = 'a-2'"],
    ["a deleted last decision", "DELETE FROM decisions WHERE decision_id = 'c-1'"],
    [
      "two decisions that changed places",
      `UPDATE decisions SET position = 1 - position WHERE decision_id IN ('a-1', 'a-2')`,
    ],
    [
      "a decision that moved to another segment",
      `UPDATE decisions SET segment_id = ${segmentOf("b-1")}, position = 3 WHERE decision_id = 'a-3'`,
    ],
    [
      "an inserted decision",
      `INSERT INTO decisions SELECT NULL, 'new', workspace_id, at, revision, request_id, issuer,
         provider_id, resource, action, decision, reason, determining, errors, duration_micros,
         segment_id, 3, personal_hash FROM decisions WHERE decision_id = 'b-3'`,
    ],
    [
      "a decision in no segment",
      `INSERT INTO decisions SELECT NULL, 'new', workspace_id, at, revision, request_id, issuer,
         provider_id, resource, action, decision, reason, determining, errors, duration_micros,
         999, 0, personal_hash FROM decisions WHERE decision_id = 'b-3'`,
    ],
  ])("%s", async (_, sql) => {
    expect(await tamper(sql)).toMatchObject({ intact: false });
  });

  test("a changed subject, and whose", async () => {
    const report = await tamper(
      `UPDATE decision_personal SET subject = 'bob' WHERE decision_sequence = ${sequenceOf("a-2")}`,
    );
    expect(report.problems).toEqual([
      expect.objectContaining({ kind: "personal_changed", decisionId: "a-2" }),
    ]);
  });

  test("attributes that are none", async () => {
    const report = await tamper(
      "UPDATE decision_personal SET attributes = '' WHERE decision_id = 'a-2'",
    );
    expect(report.intact).toBe(false);
  });

  test("personal fields that went without an erasure", async () => {
    const report = await tamper("DELETE FROM decision_personal WHERE decision_id = 'a-2'");
    expect(report.problems).toEqual([
      expect.objectContaining({ kind: "personal_missing", decisionId: "a-2" }),
    ]);
  });

  test.each([
    ["of no segment", "999"],
    ["of a segment of decisions", segmentOf("c-1")],
  ])("personal fields that went with an erasure %s", async (_, segment) => {
    const report = await tamper(`
      INSERT INTO erased_decisions VALUES (${segment}, 'a-2', 'acme');
      DELETE FROM decision_personal WHERE decision_id = 'a-2'`);
    expect(report.problems).toEqual([
      expect.objectContaining({ kind: "personal_missing", decisionId: "a-2" }),
    ]);
  });

  test("a decision that was added to an erasure", async () => {
    await storage.decisionLog.append([
      decision("d-1", { personal: { subject: "bob", attributes: [] } }),
    ]);
    await storage.decisionLog.eraseSubject("acme", erasureOfAda);
    const report = await tamper(`
      INSERT INTO erased_decisions SELECT segment_id, 'd-1', 'acme' FROM erasures;
      DELETE FROM decision_personal WHERE decision_id = 'd-1'`);
    expect(report.intact).toBe(false);
  });

  test.each([
    ["deleted", "DELETE FROM erasures; DELETE FROM erased_decisions"],
    ["put on somebody else", "UPDATE erasures SET actor_id = 'mallory'"],
  ])("an erasure that was %s", async (_, sql) => {
    await storage.decisionLog.eraseSubject("acme", erasureOfAda);
    expect(await tamper(sql)).toMatchObject({ intact: false });
  });

  test("a segment that is gone with its decisions", async () => {
    const report = await tamper(`
      DELETE FROM chain_segments WHERE id = ${segmentOf("a-1")};
      DELETE FROM decisions WHERE decision_id LIKE 'a-%'`);
    expect(report.problems).toContainEqual(expect.objectContaining({ kind: "segment_missing" }));
  });

  test("a tail that was cut off, and its traces removed as far as the chain itself goes", async () => {
    const report = await tamper(`
      DELETE FROM decisions WHERE decision_id LIKE 'b-%';
      DELETE FROM chain_segments WHERE sequence = 2;
      UPDATE chains SET head_sequence = 1,
        head_hash = (SELECT hash FROM chain_segments AS s
          WHERE s.writer_id = chains.writer_id AND s.sequence = 1)`);
    expect(report.problems).toContainEqual(expect.objectContaining({ kind: "tail_missing" }));
  });

  test("the cut tail of the last chain, against a checkpoint from before", async () => {
    await storage.decisionLog.append([decision("d-1")]);
    await storage.decisionLog.append([decision("d-2")]);
    const heads = await storage.decisionLog.checkpoint("acme");
    const report = await tamper(`
      DELETE FROM chain_segments WHERE id = ${segmentOf("d-2")};
      DELETE FROM decisions WHERE decision_id = 'd-2';
      UPDATE chains SET head_sequence = 1, head_hash = (SELECT hash FROM chain_segments AS s
        WHERE s.writer_id = chains.writer_id AND s.sequence = 1) WHERE is_bound = 0`);
    expect(report.intact).toBe(true);
    expect(await storage.decisionLog.verify("acme", heads)).toMatchObject({
      intact: false,
      problems: [expect.objectContaining({ kind: "tail_missing" })],
    });
  });

  test("a chain that is gone as a whole", async () => {
    const report = await tamper(`
      DELETE FROM decisions WHERE decision_id NOT LIKE 'c-%';
      DELETE FROM chain_segments WHERE id <> ${segmentOf("c-1")};
      DELETE FROM chains WHERE is_bound = 1`);
    expect(report.problems).toContainEqual(expect.objectContaining({ kind: "chain_missing" }));
  });

  test.each([
    ["other hash", "UPDATE chain_segments SET hash = 'x' || substr(hash, 2) WHERE sequence = 2"],
    ["other count", "UPDATE chain_segments SET count = 2 WHERE sequence = 2"],
    ["other time", "UPDATE chain_segments SET last_at = last_at - 1 WHERE sequence = 2"],
    ["bound heads that are none", "UPDATE chain_segments SET bound_heads = '['"],
    ["without its bound heads", "UPDATE chain_segments SET bound_heads = '[]'"],
  ])("a segment with %s", async (_, sql) => {
    expect(await tamper(sql)).toMatchObject({ intact: false });
  });

  test("nothing in another workspace", async () => {
    await storage.decisionLog.append([decision("g-1", { workspaceId: "globex" })]);
    await tamper("DELETE FROM decisions WHERE decision_id = 'a-2'");
    expect(await storage.decisionLog.verify("globex")).toMatchObject({
      intact: true,
      decisions: 1,
    });
  });
});

test("erasing and dropping through the port are not tampering", async () => {
  await storage.decisionLog.append([decision("d-1", { at: new Date("2027-01-01T00:00:00Z") })]);
  expect(await storage.decisionLog.eraseSubject("acme", erasureOfAda)).toEqual({
    decisions: 8,
    refusals: 0,
  });
  expect(await storage.decisionLog.verify("acme")).toMatchObject({ intact: true, erased: 8 });
  const dropped = await storage.decisionLog.dropBefore("acme", new Date("2026-06-01T00:00:00Z"));
  expect(dropped).toEqual({ segments: 3, decisions: 7, refusals: 0 });
  expect(await storage.decisionLog.verify("acme")).toMatchObject({
    intact: true,
    decisions: 1,
    erased: 1,
  });
});
