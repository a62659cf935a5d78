import { tryReadStoredList, type DecisionRecord } from "@byot/storage";
import type { Database } from "better-sqlite3";
import { groundsOf, type Ground } from "./grounds-of.js";
import type { Drop, DroppedPart } from "./writer-calls.js";

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

/** Where to look for the next segment of a chain. */
interface ChainPlace {
  readonly workspaceId: string;
  readonly writerId: string;
  readonly before: number;
}

const mostSegments = 256;
const mostDecisions = 1024;

const segmentColumns =
  "s.id, s.workspace_id AS workspaceId, s.writer_id AS writerId, s.sequence, s.hash";
const firstOf = (chain: string): string => `(SELECT min(f.sequence) FROM chain_segments AS f
  WHERE f.workspace_id = ${chain}.workspace_id AND f.writer_id = ${chain}.writer_id)`;
// What was erased is not missing as long as its erasure can be shown: the erasure goes after all that it names.
const isDroppable = `s.last_at < @before AND NOT EXISTS (
  SELECT 1 FROM erased_decisions AS e JOIN decisions AS d ON d.decision_id = e.decision_id
  WHERE e.segment_id = s.id AND d.workspace_id = e.workspace_id)`;

const findSql = `
  SELECT ${segmentColumns} FROM chains AS c CROSS JOIN chain_segments AS s
    ON s.workspace_id = c.workspace_id AND s.writer_id = c.writer_id AND s.sequence = ${firstOf("c")}
  WHERE c.workspace_id = @workspaceId AND ${isDroppable}`;

const findNextSql = `
  SELECT ${segmentColumns} FROM chain_segments AS s
  WHERE s.workspace_id = @workspaceId AND s.writer_id = @writerId AND s.sequence = ${firstOf("s")}
    AND ${isDroppable}`;

/** Prepares drops. */
export function createDecisionDropper(client: Database): DecisionDropper {
  const find = client.prepare<[Omit<ChainPlace, "writerId">], FirstSegment>(findSql);
  const findNext = client.prepare<[ChainPlace], FirstSegment>(findNextSql);
  const drop = prepareDrop(client);

  const dropPart = client.transaction((workspaceId: string, before: number): DroppedPart => {
    const dropped = { segments: 0, decisions: 0 };
    for (const first of find.all({ workspaceId, before })) {
      const { writerId } = first;
      let segment: FirstSegment | undefined = first;
      while (
        segment !== undefined &&
        dropped.segments < mostSegments &&
        dropped.decisions < mostDecisions
      ) {
        dropped.segments += 1;
        dropped.decisions += drop(segment);
        segment = findNext.get({ workspaceId, writerId, before });
      }
    }
    return dropped;
  });
  return ({ workspaceId, before }) => dropPart.immediate(workspaceId, before.getTime());
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
      tryReadStoredList<DecisionRecord["determining"][number]>(decision.determining) ?? [];
    for (const ground of groundsOf(determining)) {
      removeGround.run({ ...ground, ...decision });
    }
    removals.forEach((removal) => removal.run(decision.sequence));
  };
}
