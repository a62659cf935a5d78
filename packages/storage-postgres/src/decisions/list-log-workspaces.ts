import { pageOf, rowsToRead, type Page, type PageRequest } from "@byot/storage";
import type { Pool } from "pg";

// Each table has an index that starts with the workspace: the next one is found without reading what is between.
const nextId = (than: string): string => `(SELECT min(next.id) FROM (
    (SELECT workspace_id AS id FROM byot.decisions ${than} ORDER BY workspace_id LIMIT 1)
    UNION ALL
    (SELECT workspace_id FROM byot.token_refusals ${than} ORDER BY workspace_id LIMIT 1)
    UNION ALL
    (SELECT workspace_id FROM byot.chain_segments ${than} ORDER BY workspace_id LIMIT 1)
  ) AS next)`;

const listSql = `WITH RECURSIVE found(id) AS (
  SELECT ${nextId("WHERE workspace_id > $1")}
  UNION ALL
  SELECT ${nextId("WHERE workspace_id > found.id")} FROM found WHERE found.id IS NOT NULL
)
SELECT id FROM found WHERE id IS NOT NULL LIMIT $2`;

/** The ids of workspaces that have anything in the log. */
export async function listLogWorkspaces(pool: Pool, page: PageRequest): Promise<Page<string>> {
  const wanted = rowsToRead(page);
  const { rows } = await pool.query<{ id: string }>(listSql, [page.cursor ?? "", wanted]);
  return pageOf(
    rows.map(({ id }) => id),
    page.limit,
    (id) => id,
  );
}
