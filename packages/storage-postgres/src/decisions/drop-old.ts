import type { DropCount } from "@byot/storage";
import { and, asc, eq, getTableColumns, gt, lt, sql } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import { inTransaction, type Transaction } from "../in-transaction.js";
import { storableTime } from "../storable-time.js";
import { chains, chainSegments } from "./chain-schema.js";
import { tokenRefusals } from "./decisions-schema.js";

const segmentsAtOnce = 20;
const refusalsAtOnce = 5000;

/** What drops. */
export interface DropParts {
  /** Where transactions get their connection. */
  readonly pool: Pool;
  /** For single statements. */
  readonly database: NodePgDatabase;
}

/** See `DecisionLog.dropBefore`. Part by part, so that no statement takes long; what was dropped before a failure is. */
export async function dropOld(
  parts: DropParts,
  workspaceId: string,
  before: Date,
): Promise<DropCount> {
  let segments = 0;
  let decisions = 0;
  let round: DroppedPart;
  do {
    // What is dropped from one chain may be what keeps an erasure in another.
    // oxlint-disable-next-line no-await-in-loop -- each round follows from the one before
    round = await dropFromChains(parts, workspaceId, before);
    segments += round.segments;
    decisions += round.decisions;
  } while (round.segments > 0);
  return { segments, decisions, refusals: await dropRefusals(parts.database, workspaceId, before) };
}

interface DroppedPart {
  readonly segments: number;
  readonly decisions: number;
}

/** Whether a segment is an erasure of a decision that is still there, and could not be verified without it. */
const isStillNeeded = sql<boolean>`EXISTS (
  SELECT 1 FROM byot.erased_decisions AS e JOIN byot.decisions AS d USING (decision_id)
  WHERE e.segment_id = ${chainSegments.id})`;

interface ChainName {
  readonly workspaceId: string;
  readonly writerId: string;
}

/** Drops some segments from each chain of the workspace that has any. */
async function dropFromChains(
  { pool, database }: DropParts,
  workspaceId: string,
  before: Date,
): Promise<DroppedPart> {
  const { writerId, headSequence, droppedSequence } = chains;
  const writers = await database
    .select({ writerId })
    .from(chains)
    .where(and(eq(chains.workspaceId, workspaceId), gt(headSequence, droppedSequence)))
    .orderBy(asc(writerId));
  let segments = 0;
  let decisions = 0;
  for (const chain of writers) {
    // oxlint-disable-next-line no-await-in-loop -- the chains are many, and connections are few
    const dropped = await inTransaction(pool, (transaction) =>
      dropFromChain(transaction, { ...chain, workspaceId }, before),
    );
    segments += dropped.segments;
    decisions += dropped.decisions;
  }
  return { segments, decisions };
}

async function dropFromChain(
  transaction: Transaction,
  { workspaceId, writerId }: ChainName,
  before: Date,
): Promise<DroppedPart> {
  const ofChain = and(eq(chains.workspaceId, workspaceId), eq(chains.writerId, writerId));
  // Of two who drop at once, one waits for the other.
  const [chain] = await transaction.select().from(chains).where(ofChain).for("update");
  const first = await transaction
    .select({ ...getTableColumns(chainSegments), isStillNeeded })
    .from(chainSegments)
    .where(
      and(
        eq(chainSegments.workspaceId, workspaceId),
        eq(chainSegments.writerId, writerId),
        gt(chainSegments.sequence, chain?.droppedSequence ?? 0),
      ),
    )
    .orderBy(asc(chainSegments.sequence))
    .limit(segmentsAtOnce);
  const kept = first.findIndex(
    (segment) => segment.isStillNeeded || segment.lastAt.getTime() >= before.getTime(),
  );
  const old = kept === -1 ? first : first.slice(0, kept);
  const last = old.at(-1);
  if (last === undefined) {
    return { segments: 0, decisions: 0 };
  }
  const decisions = await deleteContents(
    transaction,
    old.map(({ id }) => id),
  );
  await transaction
    .update(chains)
    .set({ droppedSequence: last.sequence, droppedHash: last.hash })
    .where(ofChain);
  return { segments: old.length, decisions };
}

/** Deletes segments with everything in them. Resolves to the number of decisions. */
async function deleteContents(
  transaction: Transaction,
  segmentIds: readonly number[],
): Promise<number> {
  const ids = sql.param(segmentIds);
  const { rowCount } = await transaction.execute(sql`
    WITH old AS (
      SELECT decision_id FROM byot.decisions WHERE segment_id = ANY (${ids}::bigint[])
    ), personal AS (
      DELETE FROM byot.decision_personal AS p USING old WHERE p.decision_id = old.decision_id
    ), rules AS (
      DELETE FROM byot.decision_rules AS r USING old WHERE r.decision_id = old.decision_id
    ), erased AS (
      DELETE FROM byot.erased_decisions WHERE segment_id = ANY (${ids}::bigint[])
    ), records AS (
      DELETE FROM byot.erasures WHERE segment_id = ANY (${ids}::bigint[])
    ), segments AS (
      DELETE FROM byot.chain_segments WHERE id = ANY (${ids}::bigint[])
    )
    DELETE FROM byot.decisions WHERE segment_id = ANY (${ids}::bigint[])`);
  return rowCount ?? 0;
}

async function dropRefusals(
  database: NodePgDatabase,
  workspaceId: string,
  before: Date,
): Promise<number> {
  const { refusalId } = tokenRefusals;
  const some = database
    .select({ refusalId })
    .from(tokenRefusals)
    .where(
      and(eq(tokenRefusals.workspaceId, workspaceId), lt(tokenRefusals.at, storableTime(before))),
    )
    .limit(refusalsAtOnce);
  let dropped = 0;
  let count: number;
  do {
    // oxlint-disable-next-line no-await-in-loop -- part by part, so that no statement takes long
    const { rowCount } = await database.delete(tokenRefusals).where(sql`${refusalId} IN ${some}`);
    count = rowCount ?? 0;
    dropped += count;
  } while (count === refusalsAtOnce);
  return dropped;
}
