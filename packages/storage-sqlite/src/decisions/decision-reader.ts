import { verifyChain, type ChainHead, type ChainReport } from "@byot/storage";
import type { Database } from "better-sqlite3";
import type { Handlers } from "../workers/call-types.js";
import { sha256 } from "./chain-tables.js";
import { createStatisticsCounter } from "./count-statistics.js";
import type { ReaderCalls } from "./reader-calls.js";
import { createSqliteChainReader } from "./sqlite-chain-reader.js";
import { createLogLists } from "./sqlite-log-lists.js";

/** What a reader reads with. */
export interface ReaderParts {
  /** For what is read at once. */
  readonly client: Database;
  /** Shows one state of the log to what takes long, whatever is written meanwhile. */
  readonly snapshot: <Answer>(read: (client: Database) => Promise<Answer>) => Promise<Answer>;
}

/** Reads what takes long. */
export function createDecisionReader({ client, snapshot }: ReaderParts): Handlers<ReaderCalls> {
  const lists = createLogLists(client);
  const statistics = createStatisticsCounter(client);
  return {
    list: ({ workspaceId, query }) => lists.list(workspaceId, query),
    statistics: ({ workspaceId, query }) => statistics(workspaceId, query),
    verify: ({ workspaceId, expected }) =>
      snapshot((shown) => verifyShown(shown, workspaceId, expected)),
  };
}

function verifyShown(
  client: Database,
  workspaceId: string,
  expected: readonly ChainHead[],
): Promise<ChainReport> {
  return verifyChain(createSqliteChainReader(client, workspaceId), { hash: sha256, expected });
}
