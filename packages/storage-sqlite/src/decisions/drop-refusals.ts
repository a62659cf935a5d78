import type { Database } from "better-sqlite3";
import type { Drop } from "./writer-calls.js";

/** Drops some old refused tokens; answers how many, 0 when there are no more. */
export type RefusalDropper = (drop: Drop) => number;

const partSize = 1000;

/** Prepares drops. */
export function createRefusalDropper(client: Database): RefusalDropper {
  const drop = client.prepare<[string, number]>(
    `DELETE FROM token_refusals WHERE sequence IN (
       SELECT sequence FROM token_refusals INDEXED BY token_refusals_at
       WHERE workspace_id = ? AND at < ? LIMIT ${partSize})`,
  );
  return ({ workspaceId, before }) => drop.run(workspaceId, before.getTime()).changes;
}
