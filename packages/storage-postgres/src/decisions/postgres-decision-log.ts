import { setImmediate } from "node:timers/promises";
import {
  createTurns,
  takenId,
  verifyChain,
  type ChainHead,
  type ChainReport,
  type DecisionLog,
  type TokenRefusalRecord,
} from "@byot/storage";
import { asc, eq } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import { inTransaction, readOneState } from "../in-transaction.js";
import { isKeyTaken, postgresErrorOf } from "../postgres-errors.js";
import type { PostgresParts } from "../postgres-parts.js";
import { appendRefusalsSql } from "./append-sql.js";
import { chains } from "./chain-schema.js";
import { findDecision, listDecisions, listRefusals } from "./decision-lists.js";
import { readStatistics } from "./decision-statistics.js";
import { tokenRefusals } from "./decisions-schema.js";
import { dropOld } from "./drop-old.js";
import { eraseSubject } from "./erase-subject.js";
import { toJsonRows } from "./json-rows.js";
import { listLogWorkspaces } from "./list-log-workspaces.js";
import type { LogWriter } from "./log-writer.js";
import { createChainReader } from "./postgres-chain-reader.js";
import { sha256 } from "./sha256.js";

/** What a decision log is made of. */
export interface DecisionLogParts extends PostgresParts {
  /** What reads it, with connections of its own. */
  readonly reading: PostgresParts;
  /** Writes the chains. */
  readonly writer: LogWriter;
}

/** Keeps decisions and refused tokens. */
export function createDecisionLog(parts: DecisionLogParts): DecisionLog {
  const { gate, pool, database, reading, writer } = parts;
  return {
    ...readingOf(reading),
    append: (records) => gate.run(() => writer.append(records)),
    appendRefusals: (records) => gate.run(() => appendRefusals(pool, records)),
    eraseSubject: (workspaceId, erasure) =>
      gate.run(() => eraseSubject({ database, writer }, workspaceId, structuredClone(erasure))),
    dropBefore: (workspaceId, before) =>
      gate.run(() => dropOld({ pool, database }, workspaceId, new Date(before))),
  };
}

type Reading = Omit<DecisionLog, "append" | "appendRefusals" | "eraseSubject" | "dropBefore">;

function readingOf({ gate, pool, database }: PostgresParts): Reading {
  // Each takes this thread and a connection for long, so there is one of them at a time.
  const verifications = createTurns();
  return {
    find: (workspaceId, decisionId) =>
      gate.run(() => findDecision(database, workspaceId, decisionId)),
    list: (workspaceId, query) => gate.run(() => listDecisions(database, workspaceId, query)),
    listRefusals: (workspaceId, query) =>
      gate.run(() => listRefusals(database, workspaceId, query)),
    statistics: (workspaceId, query) => gate.run(() => readStatistics(pool, workspaceId, query)),
    listWorkspaces: (page) => gate.run(() => listLogWorkspaces(pool, page)),
    checkpoint: (workspaceId) => gate.run(() => readHeads(database, workspaceId)),
    verify: (workspaceId, expected = []) =>
      gate.run(() => {
        const heads = structuredClone(expected);
        return verifications.take(() => verify(pool, workspaceId, heads));
      }),
  };
}

async function appendRefusals(pool: Pool, records: readonly TokenRefusalRecord[]): Promise<void> {
  const rows = toJsonRows(tokenRefusals, records);
  try {
    await pool.query({ name: "append-refusals", text: appendRefusalsSql, values: [rows] });
  } catch (error) {
    throw isKeyTaken(error) ? takenId(postgresErrorOf(error)) : error;
  }
}

async function readHeads(
  database: NodePgDatabase,
  workspaceId: string,
): Promise<readonly ChainHead[]> {
  return database
    .select({ writerId: chains.writerId, sequence: chains.headSequence, hash: chains.headHash })
    .from(chains)
    .where(eq(chains.workspaceId, workspaceId))
    .orderBy(asc(chains.writerId));
}

function verify(
  pool: Pool,
  workspaceId: string,
  expected: readonly ChainHead[],
): Promise<ChainReport> {
  return inTransaction(
    pool,
    (transaction) =>
      verifyChain(createChainReader(transaction, workspaceId), {
        hash: sha256,
        expected,
        pause: () => setImmediate(),
      }),
    readOneState,
  );
}
