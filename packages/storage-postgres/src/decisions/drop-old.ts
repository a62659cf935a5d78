import type { DropCount } from "@byot/storage";
import { and, asc, eq, getTableColumns, lt, sql } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import { inTransaction, type Transaction } from "../in-transaction.js";
import { storableTime } from "../storable-time.js";
import { lockedPersonal } from "./append-sql.js";
import { chainDrops, chains, chainSegments } from "./chain-schema.js";
import { tokenRefusals } from "./decisions-schema.js";

// Few, since an erasure that meets this waits for it, and appends wait for the erasure.
const segmentsAtOnce = 4;
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

/** Drops some segments from each chain of the workspace that has any. */
async function dropFromChains(
  { pool, database }: DropParts,
  workspaceId: string,
  before: Date,
): Promise<DroppedPart> {
  const { writerId, headSequence } = chains;
  const writers = await database
    .select({ writerId })
    .from(chains)
    .leftJoin(
      chainDrops,
      and(eq(chainDrops.workspaceId, chains.workspaceId), eq(chainDrops.writerId, writerId)),
    )
    .where(
      and(
        eq(chains.workspaceId, workspaceId),
        sql`${headSequence} > coalesce(${chainDrops.sequence}, 0)`,
      ),
    )
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

/** Whether a segment is an erasure of a decision that is still there, and could not be verified without it. */
const isStillNeeded = sql<boolean>`EXISTS (
  SELECT 1 FROM byot.erased_decisions AS e JOIN byot.decisions AS d USING (decision_id)
  WHERE e.segment_id = ${chainSegments.id})`;

interface ChainName {
  readonly workspaceId: string;
  readonly writerId: string;
}

async function dropFromChain(
  transaction: Transaction,
  chain: ChainName,
  before: Date,
): Promise<DroppedPart> {
  const first = await transaction
    .select({ ...getTableColumns(chainSegments), isStillNeeded })
    .from(chainSegments)
    .where(
      and(
        eq(chainSegments.workspaceId, chain.workspaceId),
        eq(chainSegments.writerId, chain.writerId),
      ),
    )
    .orderBy(asc(chainSegments.sequence))
    .limit(segmentsAtOnce)
    // Of two who drop at once, one waits for the other, and nobody else does.
    .for("update");
  const kept = first.findIndex(
    (segment) => segment.isStillNeeded || segment.lastAt.getTime() >= before.getTime(),
  );
  const old = kept === -1 ? first : first.slice(0, kept);
  const last = old.at(-1);
  if (last === undefined) {
    return { segments: 0, decisions: 0 };
  }
  const ids = old.map(({ id }) => id);
  const decisions = await deleteContents(transaction, ids);
  const start = { sequence: last.sequence, hash: last.hash };
  await transaction
    .insert(chainDrops)
    .values({ ...chain, ...start })
    .onConflictDoUpdate({ target: [chainDrops.workspaceId, chainDrops.writerId], set: start });
  return { segments: old.length, decisions };
}

/** Deletes segments with everything in them. Resolves to the number of decisions. */
async function deleteContents(
  transaction: Transaction,
  segmentIds: readonly number[],
): Promise<number> {
  const ids = sql.param(segmentIds);
  const { rowCount } = await transaction.execute(sql`
    WITH old AS MATERIALIZED (
      SELECT decision_id FROM byot.decisions WHERE segment_id = ANY (${ids}::bigint[])
    ), personal AS (
      DELETE FROM byot.decision_personal AS p USING (${sql.raw(lockedPersonal("ARRAY(SELECT decision_id FROM old)"))}) AS locked
      WHERE p.decision_id = locked.decision_id
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
