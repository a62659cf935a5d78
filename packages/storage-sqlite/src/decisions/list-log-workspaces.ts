import { compareKeys, pageOf, rowsToRead, type Page, type PageRequest } from "@byot/storage";
import type { Database } from "better-sqlite3";

/** Lists the ids of workspaces that have anything in the log. */
export type LogWorkspaceLister = (page: PageRequest) => Page<string>;

// Each has an index that starts with the workspace, so that the next one is found without reading what is between.
const tables = ["decisions", "token_refusals", "chain_segments"] as const;

interface NextWorkspace {
  readonly workspaceId: string | null;
}

/** Prepares the listing of a connection. */
export function createLogWorkspaceLister(client: Database): LogWorkspaceLister {
  const statements = tables.map((table) => ({
    first: client.prepare<[], NextWorkspace>(
      `SELECT min(workspace_id) AS workspaceId FROM ${table}`,
    ),
    after: client.prepare<[string], NextWorkspace>(
      `SELECT min(workspace_id) AS workspaceId FROM ${table} WHERE workspace_id > ?`,
    ),
  }));

  function next(previous: string | undefined): string | undefined {
    return statements
      .map(({ first, after }) => (previous === undefined ? first.get() : after.get(previous)))
      .flatMap((row) => row?.workspaceId ?? [])
      .toSorted(compareKeys)[0];
  }

  return (page) => {
    const wanted = rowsToRead(page);
    const ids: string[] = [];
    let id = next(page.cursor);
    while (id !== undefined && ids.length < wanted) {
      ids.push(id);
      id = next(id);
    }
    return pageOf(ids, page.limit, (last) => last);
  };
}
