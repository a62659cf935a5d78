import {
  largestAppend,
  segmentOf,
  type ChainReader,
  type ChainSegment,
  type ErasureRecord,
  type StoredChain,
  type StoredDecision,
} from "@byot/storage";
import type { Database, Statement } from "better-sqlite3";
import { chains, chainSegments, type erasures } from "./chain-schema.js";
import {
  impersonalOfRow,
  joinedColumns,
  personalOfRow,
  type JoinedDecision,
} from "./decision-rows.js";
import { createPauses } from "./pauses.js";
import { timeOf } from "./stored-time.js";
import { columnsOf } from "./table-sql.js";

type SegmentRow = typeof chainSegments.$inferSelect;
type ErasureRow = typeof erasures.$inferSelect;
type CheckedDecision = JoinedDecision & { readonly isErased: number };

// One more than a segment can hold.
const mostRead = largestAppend + 1;

const statementTexts = {
  chains: `SELECT ${columnsOf(chains, "c")} FROM chains AS c
    WHERE c.workspace_id = ? ORDER BY c.writer_id`,
  segments: `SELECT ${columnsOf(chainSegments, "s")} FROM chain_segments AS s
    WHERE s.workspace_id = ? AND s.writer_id = ? AND s.sequence > ?
    ORDER BY s.sequence LIMIT ?`,
  segmentId: `SELECT id FROM chain_segments
    WHERE workspace_id = ? AND writer_id = ? AND sequence = ?`,
  // An erasure counts only when it is in a chain that is verified with the rest: a row alone excuses nothing.
  decisions: `SELECT ${joinedColumns}, EXISTS (
      SELECT 1 FROM erased_decisions AS e
      CROSS JOIN chain_segments AS s ON s.id = e.segment_id AND s.workspace_id = e.workspace_id
      CROSS JOIN chains AS c ON c.workspace_id = s.workspace_id AND c.writer_id = s.writer_id
      WHERE e.workspace_id = d.workspace_id AND e.decision_id = d.decision_id
        AND s.content = 'erasure' AND s.sequence > c.dropped_sequence) AS isErased
    FROM decisions AS d INDEXED BY decisions_segment
    LEFT JOIN decision_personal AS p ON p.decision_sequence = d.sequence
    WHERE d.segment_id = ? ORDER BY d.position LIMIT ${mostRead}`,
  erasure: `SELECT segment_id AS segmentId, erasure_id AS erasureId, at, actor_kind AS actorKind,
      actor_id AS actorId
    FROM erasures WHERE segment_id = ?`,
  erasedIds: `SELECT decision_id AS decisionId FROM erased_decisions
    WHERE segment_id = ? ORDER BY decision_id LIMIT ${mostRead}`,
  count: "SELECT count(*) AS count FROM decisions INDEXED BY decisions_at WHERE workspace_id = ?",
} as const;

/** Reads the chains of one workspace through a connection whose transaction shows one state of them. */
export function createSqliteChainReader(client: Database, workspaceId: string): ChainReader {
  const allChains = client.prepare<[string], StoredChain>(statementTexts.chains);
  const segments = client.prepare<[string, string, number, number], SegmentRow>(
    statementTexts.segments,
  );
  const count = client.prepare<[string], { readonly count: number }>(statementTexts.count);
  const contents = createContentReader(client, workspaceId);
  const pause = createPauses();
  return {
    chains: async () => allChains.all(workspaceId),
    async segments(writerId, sequence, limit) {
      await pause();
      return segments.all(workspaceId, writerId, sequence, limit).map(segmentOfRow);
    },
    async decisions(segment) {
      await pause();
      return contents.decisions(segment);
    },
    erasure: contents.erasure,
    countDecisions: async () => count.get(workspaceId)?.count ?? 0,
  };
}

function createContentReader(
  client: Database,
  workspaceId: string,
): Pick<ChainReader, "decisions" | "erasure"> {
  const segmentId: Statement<[string, string, number], { readonly id: number }> = client.prepare(
    statementTexts.segmentId,
  );
  const decisions = client.prepare<[number], CheckedDecision>(statementTexts.decisions);
  const erasure = client.prepare<[number], ErasureRow>(statementTexts.erasure);
  const erasedIds = client.prepare<[number], { readonly decisionId: string }>(
    statementTexts.erasedIds,
  );

  function idOf({ writerId, sequence }: ChainSegment): number {
    return segmentId.get(workspaceId, writerId, sequence)?.id ?? 0;
  }

  return {
    decisions: async (segment) => decisions.all(idOf(segment)).map(storedDecision),
    async erasure(segment) {
      const id = idOf(segment);
      const row = erasure.get(id);
      return row === undefined
        ? undefined
        : erasureOf(
            row,
            erasedIds.all(id).map(({ decisionId }) => decisionId),
          );
    },
  };
}

function segmentOfRow({ id: _id, firstAt, lastAt, ...row }: SegmentRow): ChainSegment {
  return segmentOf({ ...row, firstAt: timeOf(firstAt), lastAt: timeOf(lastAt) });
}

function storedDecision(row: CheckedDecision): StoredDecision {
  const fields = personalOfRow(row);
  return {
    decision: impersonalOfRow(row),
    position: row.position,
    personalHash: row.personalHash,
    ...(fields !== undefined && row.salt !== null && { personal: { salt: row.salt, fields } }),
    isErased: row.isErased === 1,
  };
}

function erasureOf(row: ErasureRow, decisionIds: readonly string[]): ErasureRecord {
  return {
    erasureId: row.erasureId,
    at: timeOf(row.at),
    by: { kind: row.actorKind, id: row.actorId },
    decisionIds,
  };
}
