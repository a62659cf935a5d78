import { inspect } from "node:util";
import type { ChainHead, Storage } from "@byot/storage";
import { openPostgresStorage } from "@byot/storage-postgres";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { useServer } from "./postgres-server.js";
import { decision, erasure, recordId } from "./sample-changes.js";

const { freshUrl } = useServer();
let storage: Storage;
let client: Client;
let heads: readonly ChainHead[];
const closers: (() => Promise<void>)[] = [];

/** Two segments of two decisions each, and a third with an erasure of Ben's. */
beforeEach(async () => {
  const url = await freshUrl();
  storage = await openPostgresStorage({ url });
  client = new Client({ connectionString: url });
  await client.connect();
  closers.push(
    () => storage.close(),
    () => client.end(),
  );
  const ben = { personal: { subject: "ben", attributes: [] } };
  await storage.decisionLog.append([decision(1), decision(2)]);
  await storage.decisionLog.append([decision(3), decision(4, ben)]);
  await storage.decisionLog.eraseSubject("acme", erasure("ben"));
  heads = await storage.decisionLog.checkpoint("acme");
});

afterEach(async () => {
  for (const close of closers.splice(0)) {
    await close();
  }
});

test("erasing a subject is not tampering", async () => {
  expect(await storage.decisionLog.verify("acme", heads)).toMatchObject({
    intact: true,
    segments: 3,
    decisions: 4,
    erased: 1,
    problems: [],
  });
});

test("what cannot be read back is quoted in no error", async () => {
  await client.query("UPDATE byot.decision_personal SET attributes = 'ada@acme.example'");

  const found: unknown = await storage.decisionLog
    .find("acme", recordId(1))
    .catch((error: unknown) => error);

  expect(found).toMatchObject({ code: "CORRUPT" });
  expect(inspect(found)).not.toContain("ada@acme.example");
});

test("verifies what comes after a segment whose bound heads cannot be read", async () => {
  await client.query(
    `UPDATE byot.chain_segments SET bound_heads = 'ada@acme.example' WHERE sequence = 1`,
  );
  await client.query(`UPDATE byot.decisions SET decision = 'Deny' WHERE decision_id = $1`, [
    recordId(3),
  ]);

  const report = await storage.decisionLog.verify("acme", heads);

  expect(report).toMatchObject({ intact: false, segments: 3, decisions: 4 });
  expect(report.problems.map(({ sequence }) => sequence)).toEqual(expect.arrayContaining([1, 2]));
  expect(inspect(report)).not.toContain("ada@acme.example");
});

test("dropping what is old is not tampering", async () => {
  await storage.decisionLog.dropBefore("acme", decision(3).at);

  expect(await storage.decisionLog.verify("acme", heads)).toMatchObject({
    intact: true,
    segments: 2,
    decisions: 2,
  });
});

describe("verify finds", () => {
  const second = "(SELECT segment_id FROM byot.decisions WHERE decision_id = $1)";

  test.each([
    [
      "a flipped answer",
      "record_changed",
      "UPDATE byot.decisions SET decision = 'Deny' WHERE decision_id = $1",
    ],
    [
      "another time",
      "record_changed",
      "UPDATE byot.decisions SET at = at + interval '1 ms' WHERE decision_id = $1",
    ],
    [
      "another revision",
      "record_changed",
      "UPDATE byot.decisions SET revision = 2 WHERE decision_id = $1",
    ],
    ["a deleted decision", "record_missing", "DELETE FROM byot.decisions WHERE decision_id = $1"],
    [
      "a deleted decision, its count too",
      "record_moved",
      `WITH gone AS (DELETE FROM byot.decisions WHERE decision_id = $1 RETURNING segment_id)
       UPDATE byot.chain_segments SET count = 1 WHERE id = (SELECT segment_id FROM gone)`,
    ],
    [
      "decisions that have changed places",
      "record_moved",
      `UPDATE byot.decisions SET position = 1 - position WHERE segment_id = ${second}`,
    ],
    [
      "an inserted decision",
      "record_added",
      `INSERT INTO byot.decisions SELECT '${recordId(9)}', workspace_id, at, revision, request_id, issuer, provider_id,
         resource, action, decision, reason, determining, errors, duration_micros, segment_id, 2, personal_hash
       FROM byot.decisions WHERE decision_id = $1`,
    ],
    [
      "a decision that belongs to no segment",
      "record_added",
      `INSERT INTO byot.decisions SELECT '${recordId(9)}', workspace_id, at, revision, request_id, issuer, provider_id,
         resource, action, decision, reason, determining, errors, duration_micros, -1, 0, personal_hash
       FROM byot.decisions WHERE decision_id = $1`,
    ],
    [
      "a value that is not JSON",
      "record_changed",
      "UPDATE byot.decisions SET errors = '[' WHERE decision_id = $1",
    ],
    [
      "another subject",
      "personal_changed",
      "UPDATE byot.decision_personal SET subject = 'eve' WHERE decision_id = $1",
    ],
    [
      "personal fields that are gone",
      "personal_missing",
      "DELETE FROM byot.decision_personal WHERE decision_id = $1",
    ],
    [
      "a deleted segment",
      "segment_missing",
      `DELETE FROM byot.chain_segments WHERE id = ${second}`,
    ],
    [
      "a deleted erasure",
      "personal_missing",
      `WITH gone AS (DELETE FROM byot.erased_decisions)
       DELETE FROM byot.erasures WHERE $1 <> ''`,
    ],
    [
      "a made-up erasure",
      "record_added",
      `WITH gone AS (DELETE FROM byot.decision_personal WHERE decision_id = $1)
       INSERT INTO byot.erased_decisions SELECT segment_id, $1, 'acme' FROM byot.erasures`,
    ],
    [
      "an erasure of a segment that is not there",
      "personal_missing",
      `WITH gone AS (DELETE FROM byot.decision_personal WHERE decision_id = $1)
       INSERT INTO byot.erased_decisions VALUES (999, $1, 'acme')`,
    ],
    [
      "an erasure in a segment of decisions",
      "personal_missing",
      `WITH gone AS (DELETE FROM byot.decision_personal WHERE decision_id = $1)
       INSERT INTO byot.erased_decisions
       SELECT segment_id, $1, 'acme' FROM byot.decisions WHERE decision_id = $1`,
    ],
    [
      "an erasure in another workspace's chain",
      "personal_missing",
      `WITH gone AS (DELETE FROM byot.decision_personal WHERE decision_id = $1), strange AS (
         INSERT INTO byot.chain_segments
           (workspace_id, writer_id, sequence, hash, bound_heads, content, count, first_id, last_id, first_at, last_at)
         SELECT 'globex', writer_id, sequence, hash, bound_heads, content, count, first_id, last_id, first_at, last_at
         FROM byot.chain_segments WHERE content = 'erasure' RETURNING id)
       INSERT INTO byot.erased_decisions SELECT id, $1, 'acme' FROM strange`,
    ],
    [
      "an erasure in a chain that is not there",
      "personal_missing",
      `WITH gone AS (DELETE FROM byot.decision_personal WHERE decision_id = $1), strange AS (
         INSERT INTO byot.chain_segments
           (workspace_id, writer_id, sequence, hash, bound_heads, content, count, first_id, last_id, first_at, last_at)
         SELECT workspace_id, 'nobody', sequence, hash, bound_heads, content, count, first_id, last_id, first_at, last_at
         FROM byot.chain_segments WHERE content = 'erasure' RETURNING id)
       INSERT INTO byot.erased_decisions SELECT id, $1, 'acme' FROM strange`,
    ],
    [
      "a tail that was cut off, the head set back",
      "tail_missing",
      `WITH cut AS (DELETE FROM byot.chain_segments WHERE sequence > 1 AND $1 <> '')
       UPDATE byot.chains SET head_sequence = 1,
         head_hash = (SELECT hash FROM byot.chain_segments WHERE sequence = 1)`,
    ],
    [
      "a chain that is gone",
      "chain_missing",
      `WITH all_segments AS (DELETE FROM byot.chain_segments),
         all_decisions AS (DELETE FROM byot.decisions)
       DELETE FROM byot.chains WHERE $1 <> ''`,
    ],
  ])("%s", async (_, kind, tampering) => {
    const { rowCount } = await client.query(tampering, [recordId(1)]);
    expect(rowCount).toBeGreaterThan(0);

    const report = await storage.decisionLog.verify("acme", heads);

    expect(report.intact).toBe(false);
    expect(report.problems.map((problem) => problem.kind)).toContain(kind);
  });

  test("a chain that is gone, by what the next writer has bound of it", async () => {
    const [head] = heads;
    await storage.close();
    const other = await openPostgresStorage({
      url: `postgres://${client.user}@${client.host}:${client.port}/${client.database}`,
    });
    closers.push(() => other.close());
    await other.decisionLog.append([decision(5)]);
    const gone = [head?.writerId];
    await client.query(
      `DELETE FROM byot.decisions USING byot.chain_segments AS s WHERE segment_id = s.id AND s.writer_id = $1`,
      gone,
    );
    await client.query("DELETE FROM byot.chain_segments WHERE writer_id = $1", gone);
    await client.query("DELETE FROM byot.chains WHERE writer_id = $1", gone);

    const report = await other.decisionLog.verify("acme");

    expect(report.problems).toEqual([
      { kind: "chain_missing", writerId: head?.writerId, sequence: head?.sequence },
    ]);
  });
});
