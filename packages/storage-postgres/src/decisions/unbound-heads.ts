import type { ChainHead } from "@byot/storage";
import type { Pool } from "pg";

/** The heads of chains that no segment of another chain has bound yet, by workspace. */
export type UnboundHeads = ReadonlyMap<string, readonly ChainHead[]>;

interface HeadRow {
  readonly workspaceId: string;
  readonly writerId: string;
  readonly sequence: string;
  readonly hash: string;
}

const unboundSql = `SELECT workspace_id AS "workspaceId", writer_id AS "writerId",
  head_sequence AS "sequence", head_hash AS "hash"
  FROM byot.chains WHERE workspace_id = ANY ($1::text[]) AND NOT is_bound
  ORDER BY workspace_id, writer_id`;

/** Reads the unbound heads of workspaces. */
export async function readUnboundHeads(
  pool: Pool,
  workspaceIds: readonly string[],
): Promise<UnboundHeads> {
  const heads = new Map<string, ChainHead[]>();
  if (workspaceIds.length === 0) {
    return heads;
  }
  const { rows } = await pool.query<HeadRow>(unboundSql, [workspaceIds]);
  for (const { workspaceId, writerId, sequence, hash } of rows) {
    const ofWorkspace = heads.get(workspaceId) ?? [];
    ofWorkspace.push({ writerId, sequence: Number(sequence), hash });
    heads.set(workspaceId, ofWorkspace);
  }
  return heads;
}
