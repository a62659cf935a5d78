import {
  impersonalOf,
  largestAppend,
  personalOf,
  segmentOf,
  type ChainReader,
  type ChainSegment,
  type StoredDecision,
} from "@byot/storage";
import { and, asc, count, eq, gt, sql } from "drizzle-orm";
import type { Transaction } from "../in-transaction.js";
import { chainDrops, chains, chainSegments, erasedDecisions, erasures } from "./chain-schema.js";
import { joinedColumns, type JoinedDecision } from "./decision-rows.js";
import { decisionPersonal, decisions } from "./decisions-schema.js";

// One more than a segment can hold.
const mostRead = largestAppend + 1;
const readAtOnce = 64;

/** Reads the chains of a workspace in a transaction that sees one state of the database. */
export function createChainReader(transaction: Transaction, workspaceId: string): ChainReader {
  return {
    chains: async () => {
      const { writerId, headSequence, headHash } = chains;
      const { sequence, hash } = chainDrops;
      const rows = await transaction
        .select({ writerId, headSequence, headHash, dropped: { sequence, hash } })
        .from(chains)
        .leftJoin(
          chainDrops,
          and(eq(chainDrops.workspaceId, chains.workspaceId), eq(chainDrops.writerId, writerId)),
        )
        .where(eq(chains.workspaceId, workspaceId))
        .orderBy(asc(writerId));
      return rows.map(({ dropped, ...chain }) => ({
        ...chain,
        droppedSequence: dropped?.sequence ?? 0,
        droppedHash: dropped?.hash ?? null,
      }));
    },
    segments: async (writerId, sequence, limit) => {
      const rows = await transaction
        .select()
        .from(chainSegments)
        .where(
          and(
            eq(chainSegments.workspaceId, workspaceId),
            eq(chainSegments.writerId, writerId),
            gt(chainSegments.sequence, sequence),
          ),
        )
        .orderBy(asc(chainSegments.sequence))
        .limit(limit);
      return rows.map(({ id: _id, ...row }) => segmentOf(row));
    },
    decisions: (segment) => readDecisions(transaction, segment),
    erasure: (segment) => readErasure(transaction, segment),
    async countDecisions() {
      const [row] = await transaction
        .select({ count: count() })
        .from(decisions)
        .where(eq(decisions.workspaceId, workspaceId));
      return row?.count ?? 0;
    },
  };
}

function isSegment({ workspaceId, writerId, sequence }: ChainSegment) {
  return and(
    eq(chainSegments.workspaceId, workspaceId),
    eq(chainSegments.writerId, writerId),
    eq(chainSegments.sequence, sequence),
  );
}

// An erasure counts only in a segment that is read with the others of its chain: rows beside it excuse nothing.
const isErased = sql<boolean>`EXISTS (
  SELECT 1 FROM byot.erased_decisions AS e
  JOIN byot.chain_segments AS s ON s.id = e.segment_id AND s.workspace_id = e.workspace_id
  JOIN byot.chains AS c ON c.workspace_id = s.workspace_id AND c.writer_id = s.writer_id
  WHERE e.workspace_id = ${decisions.workspaceId} AND e.decision_id = ${decisions.decisionId}
    AND s.content = 'erasure')`;

async function readDecisions(
  transaction: Transaction,
  segment: ChainSegment,
): Promise<readonly StoredDecision[]> {
  const stored: StoredDecision[] = [];
  let rows: readonly StoredDecision[];
  do {
    // oxlint-disable-next-line no-await-in-loop -- part by part, so that nothing else in this thread waits for all of it
    rows = await readSome(transaction, segment, stored.length);
    stored.push(...rows);
  } while (rows.length === readAtOnce && stored.length < mostRead);
  return stored;
}

async function readSome(
  transaction: Transaction,
  segment: ChainSegment,
  offset: number,
): Promise<readonly StoredDecision[]> {
  const rows = await transaction
    .select({ ...joinedColumns, isErased })
    .from(chainSegments)
    .innerJoin(decisions, eq(decisions.segmentId, chainSegments.id))
    .leftJoin(decisionPersonal, eq(decisionPersonal.decisionId, decisions.decisionId))
    .where(isSegment(segment))
    .orderBy(asc(decisions.position), asc(decisions.decisionId))
    .limit(Math.min(readAtOnce, mostRead - offset))
    .offset(offset);
  return rows.map((row) => ({ ...storedDecision(row), isErased: row.isErased }));
}

function storedDecision({ decision, personal }: JoinedDecision): Omit<StoredDecision, "isErased"> {
  return {
    decision: impersonalOf(decision),
    position: decision.position,
    personalHash: decision.personalHash,
    ...(personal !== null && { personal: { salt: personal.salt, fields: personalOf(personal) } }),
  };
}

async function readErasure(
  transaction: Transaction,
  segment: ChainSegment,
): ReturnType<ChainReader["erasure"]> {
  const [record] = await transaction
    .select({ record: erasures })
    .from(chainSegments)
    .innerJoin(erasures, eq(erasures.segmentId, chainSegments.id))
    .where(isSegment(segment));
  if (record === undefined) {
    return undefined;
  }
  const { segmentId, erasureId, at, actorKind, actorId } = record.record;
  const named = await transaction
    .select({ decisionId: erasedDecisions.decisionId })
    .from(erasedDecisions)
    .where(eq(erasedDecisions.segmentId, segmentId))
    .orderBy(asc(erasedDecisions.decisionId))
    .limit(mostRead);
  return {
    erasureId,
    at,
    by: { kind: actorKind, id: actorId },
    decisionIds: named.map(({ decisionId }) => decisionId),
  };
}
