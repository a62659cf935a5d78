import {
  logCursor,
  pageOf,
  type DecisionQuery,
  type DecisionRecord,
  type Page,
  type RefusalQuery,
  type TokenRefusalRecord,
} from "@byot/storage";
import type { Database } from "better-sqlite3";
import {
  joinedColumns,
  recordOfDecision,
  recordOfRefusal,
  type JoinedDecision,
  type RefusalRow,
} from "./decision-rows.js";
import { createFilterMatches } from "./filter-matches.js";
import { listParameters, type ListParameters } from "./list-parameters.js";
import { decisionListSql, filtersOf, refusalListSql } from "./list-sql.js";
import { createStatementCache } from "./statement-cache.js";

/** Reads records off their indexes. */
export interface LogLists {
  /** See `DecisionLog.find`. */
  find(workspaceId: string, decisionId: string): DecisionRecord | undefined;
  /** Whether a page is certain to be found without reading many records that are not on it. */
  isQuick(workspaceId: string, query: DecisionQuery): boolean;
  /** See `DecisionLog.list`. */
  list(workspaceId: string, query: DecisionQuery): Page<DecisionRecord>;
  /** See `DecisionLog.listRefusals`. */
  listRefusals(workspaceId: string, query: RefusalQuery): Page<TokenRefusalRecord>;
}

const findSql = `SELECT ${joinedColumns} FROM decisions AS d
  LEFT JOIN decision_personal AS p ON p.decision_sequence = d.sequence
  WHERE d.decision_id = @decisionId AND d.workspace_id = @workspaceId`;

/** Reads the lists of a connection. */
export function createLogLists(client: Database): LogLists {
  const decisions = createStatementCache<ListParameters, JoinedDecision>(client);
  const refusals = createStatementCache<ListParameters, RefusalRow>(client);
  const matches = createFilterMatches(client);
  return {
    find(workspaceId, decisionId) {
      const row = decisions(findSql).get({ workspaceId, decisionId });
      return row === undefined ? undefined : recordOfDecision(row);
    },
    isQuick(workspaceId, query) {
      const filters = filtersOf(query);
      return filters.length < 2 || matches.areFew(filters, listParameters(workspaceId, query));
    },
    list(workspaceId, query) {
      const parameters = listParameters(workspaceId, query);
      const sql = decisionListSql(matches.leastFirst(filtersOf(query), parameters));
      const rows = decisions(sql).all(parameters);
      return pageOf(rows.map(recordOfDecision), query.limit, ({ at, decisionId }) =>
        logCursor({ at, id: decisionId }),
      );
    },
    listRefusals(workspaceId, query) {
      const sql = refusalListSql(query.code === undefined ? undefined : "code");
      const rows = refusals(sql).all(listParameters(workspaceId, query));
      return pageOf(rows.map(recordOfRefusal), query.limit, ({ at, refusalId }) =>
        logCursor({ at, id: refusalId }),
      );
    },
  };
}
