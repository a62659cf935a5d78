import { chains, chainSegments, erasures } from "./chain-schema.js";
import { decisionPersonal, decisionRules, decisions, tokenRefusals } from "./decisions-schema.js";
import { columnNames, rowsFrom } from "./json-rows.js";

// One statement writes everything of an append: one round trip, one transaction.

const segmentColumns = columnNames(chainSegments).join(", ");
const personalColumns = columnNames(decisionPersonal).join(", ");
const ruleColumns = columnNames(decisionRules).join(", ");
const refusalColumns = columnNames(tokenRefusals).join(", ");
// Of those that belong to a segment, its id comes from the segment.
const decisionColumns = columnNames(decisions).filter((name) => name !== "segment_id");
const erasureColumns = columnNames(erasures).filter((name) => name !== "segment_id");

/**
 * The personal fields of decisions, locked in one order by everybody who deletes some: two of them at once wait for each
 * other one after the other, and never both.
 */
export function lockedPersonal(decisionIds: string): string {
  return `SELECT decision_id FROM byot.decision_personal WHERE decision_id = ANY (${decisionIds}::text[])
    ORDER BY decision_id FOR UPDATE`;
}

const newSegments = `new_segments AS (
  INSERT INTO byot.chain_segments (${segmentColumns})
  SELECT ${segmentColumns} FROM ${rowsFrom("$1", chainSegments, "s")}
  RETURNING id, workspace_id
), new_heads AS (
  INSERT INTO byot.chains (workspace_id, writer_id, head_sequence, head_hash, is_bound)
  SELECT s.workspace_id, s.writer_id, s.sequence, s.hash, false
  FROM ${rowsFrom("$1", chainSegments, "s")}
  ON CONFLICT (workspace_id, writer_id) DO UPDATE
  SET head_sequence = EXCLUDED.head_sequence, head_hash = EXCLUDED.head_hash, is_bound = false
), unlocked AS (
  -- A chain that is just being written gets another head: two writers that waited for it could wait for each other.
  SELECT c.workspace_id, c.writer_id
  FROM byot.chains AS c JOIN ${rowsFrom("$2", chains, "b")} USING (workspace_id, writer_id)
  WHERE c.head_sequence = b.head_sequence
  FOR UPDATE OF c SKIP LOCKED
), newly_bound AS (
  UPDATE byot.chains AS c SET is_bound = true FROM unlocked AS u
  WHERE c.workspace_id = u.workspace_id AND c.writer_id = u.writer_id
)`;

/**
 * Appends decisions. Parameters: segments; heads that they bind; decisions; what is personal in them; the rules they
 * rest on.
 */
export const appendDecisionsSql = `WITH ${newSegments}, new_decisions AS (
  INSERT INTO byot.decisions (${decisionColumns.join(", ")}, segment_id)
  SELECT ${decisionColumns.map((name) => `d.${name}`).join(", ")}, s.id
  FROM ${rowsFrom("$3", decisions, "d")} JOIN new_segments AS s USING (workspace_id)
), new_personal AS (
  INSERT INTO byot.decision_personal (${personalColumns})
  SELECT ${personalColumns} FROM ${rowsFrom("$4", decisionPersonal, "p")}
)
INSERT INTO byot.decision_rules (${ruleColumns})
SELECT ${ruleColumns} FROM ${rowsFrom("$5", decisionRules, "r")}`;

/**
 * Appends the record of an erasure, and erases what it names. Parameters: the segment; heads that it binds; the record;
 * the ids it names, as an array.
 */
export const appendErasureSql = `WITH ${newSegments}, new_erasures AS (
  INSERT INTO byot.erasures (${erasureColumns.join(", ")}, segment_id)
  SELECT ${erasureColumns.map((name) => `e.${name}`).join(", ")}, s.id
  FROM ${rowsFrom("$3", erasures, "e")} CROSS JOIN new_segments AS s
), newly_erased AS (
  INSERT INTO byot.erased_decisions (segment_id, decision_id, workspace_id)
  SELECT s.id, named.id, s.workspace_id
  FROM unnest($4::text[]) AS named(id) CROSS JOIN new_segments AS s
)
DELETE FROM byot.decision_personal AS p USING (${lockedPersonal("$4")}) AS locked
WHERE p.decision_id = locked.decision_id`;

/** Appends refused tokens. Parameter: the tokens. */
export const appendRefusalsSql = `INSERT INTO byot.token_refusals (${refusalColumns})
SELECT ${refusalColumns} FROM ${rowsFrom("$1", tokenRefusals, "t")}`;
