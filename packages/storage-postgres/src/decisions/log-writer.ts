import { randomBytes, randomUUID } from "node:crypto";
import {
  createChainWriter,
  StorageError,
  type DecisionRecord,
  type ErasureRecord,
} from "@byot/storage";
import type { Pool } from "pg";
import { startDeadline } from "../deadline.js";
import { isKeyTaken, postgresErrorOf } from "../postgres-errors.js";
import { sealDecisions, sealErasure, type SealedWrite } from "./sealed-write.js";
import { createSerialQueue } from "./serial-queue.js";
import { sha256 } from "./sha256.js";
import { readUnboundHeads, type UnboundHeads } from "./unbound-heads.js";

/** Writes the chains of one open storage. */
export interface LogWriter {
  /** Appends decisions, those of each workspace as one segment. */
  append(records: readonly DecisionRecord[]): Promise<void>;
  /** Appends one part of an erasure, and erases what it names. */
  appendErasure(workspaceId: string, erasure: ErasureRecord): Promise<void>;
  /** Resolves when everything that was begun has ended. */
  settle(): Promise<void>;
}

/** What a log writer is made with. */
export interface LogWriterParts {
  /** A pool of one connection. */
  readonly pool: Pool;
  /** How long a write may take, its waiting for others included, in milliseconds. */
  readonly timeoutMillis: number;
}

const largestAppend = 512;

/** Makes the log writer of one open storage. One write comes after the other, since each seals the one before. */
export function createLogWriter({ pool, timeoutMillis }: LogWriterParts): LogWriter {
  const enqueue = createSerialQueue();
  const chain = createChainWriter({
    createWriterId: randomUUID,
    createSalt: () => randomBytes(32).toString("hex"),
    hash: sha256,
  });

  async function write(
    workspaceIds: readonly string[],
    seal: (unbound: UnboundHeads) => SealedWrite,
  ): Promise<void> {
    try {
      const firstWritten = workspaceIds.filter((workspaceId) => chain.isFirst(workspaceId));
      const unbound = await readUnboundHeads(pool, firstWritten);
      const { segments, statement } = seal(unbound);
      await pool.query(statement);
      chain.committed(segments);
    } catch (error) {
      chain.restart();
      throw isKeyTaken(error) ? takenId(error) : error;
    }
  }

  function writeInTime(
    workspaceIds: readonly string[],
    seal: (unbound: UnboundHeads) => SealedWrite,
  ): Promise<void> {
    const deadline = startDeadline(timeoutMillis);
    return deadline.wait(
      enqueue(() => {
        deadline.check();
        return write(workspaceIds, seal);
      }),
    );
  }

  return {
    async append(records) {
      checkRecords(records);
      const groups = groupByWorkspace(structuredClone(records));
      if (groups.size > 0) {
        await writeInTime([...groups.keys()], (unbound) => sealDecisions(chain, groups, unbound));
      }
    },
    appendErasure: (workspaceId, erasure) =>
      writeInTime([workspaceId], (unbound) =>
        sealErasure(chain, { workspaceId, erasure, unbound: unbound.get(workspaceId) ?? [] }),
      ),
    settle: () => enqueue(() => Promise.resolve()),
  };
}

function checkRecords(records: readonly DecisionRecord[]): void {
  if (records.length > largestAppend) {
    throw new TypeError(
      `at most ${largestAppend} decisions are appended at once, not ${records.length}`,
    );
  }
  const impersonal = records.find(({ personal }) => personal === undefined);
  if (impersonal !== undefined) {
    throw new TypeError(`decision \`${impersonal.decisionId}\` comes without its personal fields`);
  }
}

function groupByWorkspace(
  records: readonly DecisionRecord[],
): ReadonlyMap<string, readonly DecisionRecord[]> {
  const groups = new Map<string, DecisionRecord[]>();
  for (const record of records) {
    const group = groups.get(record.workspaceId) ?? [];
    group.push(record);
    groups.set(record.workspaceId, group);
  }
  return groups;
}

/** The error for records of which one is in the log already. */
export function takenId(error: unknown): StorageError {
  return new StorageError("ALREADY_EXISTS", "one of the ids is already in the log", {
    cause: postgresErrorOf(error),
  });
}
