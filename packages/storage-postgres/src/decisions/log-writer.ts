import { randomBytes, randomUUID } from "node:crypto";
import {
  checkAppend,
  createChainWriter,
  createTurns,
  groupByWorkspace,
  takenId,
  type DecisionRecord,
  type ErasureRecord,
} from "@byot/storage";
import type { Pool } from "pg";
import { startDeadline } from "../deadline.js";
import { isKeyTaken, postgresErrorOf } from "../postgres-errors.js";
import { sealDecisions, sealErasure, type SealedWrite } from "./sealed-write.js";
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

/** Makes the log writer of one open storage. One write comes after the other, since each seals the one before. */
export function createLogWriter({ pool, timeoutMillis }: LogWriterParts): LogWriter {
  const turns = createTurns();
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
      throw isKeyTaken(error) ? takenId(postgresErrorOf(error)) : error;
    }
  }

  function writeInTime(
    workspaceIds: readonly string[],
    seal: (unbound: UnboundHeads) => SealedWrite,
  ): Promise<void> {
    const deadline = startDeadline(timeoutMillis);
    return deadline.wait(
      turns.take(() => {
        deadline.check();
        return write(workspaceIds, seal);
      }),
    );
  }

  return {
    async append(records) {
      checkAppend(records);
      const groups = groupByWorkspace(structuredClone(records));
      if (groups.size > 0) {
        await writeInTime([...groups.keys()], (unbound) => sealDecisions(chain, groups, unbound));
      }
    },
    appendErasure: (workspaceId, erasure) =>
      writeInTime([workspaceId], (unbound) =>
        sealErasure(chain, { workspaceId, erasure, unbound: unbound.get(workspaceId) ?? [] }),
      ),
    settle: () => turns.take(() => Promise.resolve()),
  };
}
