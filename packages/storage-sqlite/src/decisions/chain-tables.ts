import { hash, randomUUID } from "node:crypto";
import {
  createChainWriter,
  type ChainHead,
  type ChainSegment,
  type ChainWriter,
  type TextHash,
} from "@byot/storage";
import type { Database } from "better-sqlite3";
import { chainSegments } from "./chain-schema.js";
import { createSaltSource } from "./salt-source.js";
import { prepareInsert } from "./table-sql.js";

/** Makes chains, and keeps their tables. */
export interface ChainTables {
  /**
   * Carries out a transaction that makes links, and goes on from them only when it is certain that they are durable.
   * The transaction holds the write lock from its start.
   */
  link<Answer>(transaction: (linker: ChainLinker) => Answer): Answer;
}

/** Makes the links of one transaction. */
export interface ChainLinker {
  /** Seals. */
  readonly writer: ChainWriter;
  /** What {@link ChainWriter} has to bind in the next segment of a workspace. */
  readonly unboundHeads: (workspaceId: string) => readonly ChainHead[];
  /** Keeps a segment; answers the id that its contents refer to. */
  readonly keep: (segment: ChainSegment) => number | bigint;
}

/** SHA-256 of UTF-8 text, in lower-case hexadecimal. */
export const sha256: TextHash = (text) => hash("sha256", text);

type SegmentRow = typeof chainSegments.$inferInsert;

/** Makes the chains of one connection, under a writer's id that nobody had before. */
export function createChainTables(client: Database): ChainTables {
  const writer = createChainWriter({
    createWriterId: randomUUID,
    createSalt: createSaltSource(),
    hash: sha256,
  });
  const tables = prepareTables(client);

  return {
    link(transaction) {
      const made: ChainSegment[] = [];
      const linker: ChainLinker = {
        writer,
        unboundHeads: (workspaceId) =>
          writer.isFirst(workspaceId) ? tables.unboundHeads(workspaceId) : [],
        keep(segment) {
          made.push(segment);
          return tables.keep(segment);
        },
      };
      try {
        const answer = client.transaction(() => transaction(linker)).immediate();
        writer.committed(made);
        return answer;
      } catch (error) {
        writer.restart();
        throw error;
      }
    },
  };
}

function prepareTables(client: Database): Pick<ChainLinker, "unboundHeads" | "keep"> {
  const unbound = client.prepare<[string], ChainHead>(
    `SELECT writer_id AS writerId, head_sequence AS sequence, head_hash AS hash FROM chains
     WHERE workspace_id = ? AND is_bound = 0 ORDER BY writer_id`,
  );
  const bind = client.prepare<[string, string]>(
    "UPDATE chains SET is_bound = 1 WHERE workspace_id = ? AND writer_id = ?",
  );
  const insert = prepareInsert<SegmentRow>(client, chainSegments);
  const moveHead = client.prepare<[SegmentRow]>(
    `INSERT INTO chains
       (workspace_id, writer_id, head_sequence, head_hash, dropped_sequence, dropped_hash, is_bound)
     VALUES (@workspaceId, @writerId, @sequence, @hash, 0, NULL, 0)
     ON CONFLICT (workspace_id, writer_id)
     DO UPDATE SET head_sequence = @sequence, head_hash = @hash, is_bound = 0`,
  );
  return {
    unboundHeads: (workspaceId) => unbound.all(workspaceId),
    keep(segment) {
      const row = rowOf(segment);
      for (const { writerId } of segment.boundHeads) {
        bind.run(segment.workspaceId, writerId);
      }
      moveHead.run(row);
      return insert(row).lastInsertRowid;
    },
  };
}

function rowOf({ boundHeads, firstAt, lastAt, ...columns }: ChainSegment): SegmentRow {
  return {
    ...columns,
    boundHeads: JSON.stringify(boundHeads),
    firstAt: firstAt.getTime(),
    lastAt: lastAt.getTime(),
  };
}
