import type { Database } from "better-sqlite3";
import type { Drop, DroppedPart } from "./writer-calls.js";
import { groundsOf, type Ground } from "./grounds-of.js";
import { tryReadList } from "./stored-json.js";
import type { DecisionRecord } from "@byot/storage";

/** Drops some old segments from the starts of the chains; answers zeros when there are no more. */
export type DecisionDropper = (drop: Drop) => DroppedPart;

/** A segment that nothing is before in its chain. */
interface FirstSegment {
  readonly id: number;
  readonly workspaceId: string;
  readonly writerId: string;
  readonly sequence: number;
  readonly hash: string;
}

const mostSegments = 256;
const mostDecisions = 1024;

// What was erased is not missing as long as its erasure can be shown: the erasure goes after all that it names.
const findSql = `
  SELECT s.id, s.workspace_id AS workspaceId, s.writer_id AS writerId, s.sequence, s.hash
  FROM chains AS c CROSS JOIN chain_segments AS s
    ON s.workspace_id = c.workspace_id AND s.writer_id = c.writer_id
    AND s.sequence = (SELECT min(f.sequence) FROM chain_segments AS f
      WHERE f.workspace_id = c.workspace_id AND f.writer_id = c.writer_id)
  WHERE c.workspace_id = ? AND s.last_at < ?
    AND NOT EXISTS (SELECT 1 FROM erased_decisions AS e
      JOIN decisions AS d ON d.decision_id = e.decision_id
      WHERE e.segment_id = s.id AND d.workspace_id = e.workspace_id)`;

/** Prepares drops. */
export function createDecisionDropper(client: Database): DecisionDropper {
  const find = client.prepare<[string, number], FirstSegment>(findSql);
  const drop = prepareDrop(client);

  const dropPart = client.transaction(({ workspaceId, before }: Drop): DroppedPart => {
    let segments = 0;
    let decisions = 0;
    let found = find.all(workspaceId, before.getTime());
    while (found.length > 0 && segments < mostSegments && decisions < mostDecisions) {
      for (const segment of found) {
        segments += 1;
        decisions += drop(segment);
      }
      found = find.all(workspaceId, before.getTime());
    }
    return { segments, decisions };
  });
  return (part) => dropPart.immediate(part);
}

interface ContainedDecision {
  readonly sequence: number;
  readonly workspaceId: string;
  readonly decisionId: string;
  readonly at: number;
  readonly determining: string;
}

/** Prepares the removal of one segment with all that is in it; it answers how many decisions that were. */
function prepareDrop(client: Database): (segment: FirstSegment) => number {
  const contained = client.prepare<[number], ContainedDecision>(
    `SELECT sequence, workspace_id AS workspaceId, decision_id AS decisionId, at, determining
     FROM decisions WHERE segment_id = ?`,
  );
  const removals = [
    "DELETE FROM erasures WHERE segment_id = ?",
    "DELETE FROM erased_decisions WHERE segment_id = ?",
    "DELETE FROM chain_segments WHERE id = ?",
  ].map((sql) => client.prepare<[number]>(sql));
  const move = client.prepare<[FirstSegment]>(
    `UPDATE chains SET dropped_sequence = @sequence, dropped_hash = @hash
     WHERE workspace_id = @workspaceId AND writer_id = @writerId`,
  );
  const remove = prepareRemoval(client);

  return (segment) => {
    const decisions = contained.all(segment.id);
    decisions.forEach(remove);
    removals.forEach((removal) => removal.run(segment.id));
    move.run(segment);
    return decisions.length;
  };
}

function prepareRemoval(client: Database): (decision: ContainedDecision) => void {
  const removals = [
    "DELETE FROM decisions WHERE sequence = ?",
    "DELETE FROM decision_personal WHERE decision_sequence = ?",
  ].map((sql) => client.prepare<[number]>(sql));
  const removeGround = client.prepare<[Ground & ContainedDecision]>(
    `DELETE FROM decision_grounds WHERE workspace_id = @workspaceId AND policy_id = @policyId
     AND rule_id = @ruleId AND at = @at AND decision_id = @decisionId`,
  );
  return (decision) => {
    const determining =
      tryReadList<DecisionRecord["determining"][number]>(decision.determining) ?? [];
    for (const ground of groundsOf(determining)) {
      removeGround.run({ ...ground, ...decision });
    }
    removals.forEach((removal) => removal.run(decision.sequence));
  };
}
