import {
  logCursor,
  pageOf,
  rowsToRead,
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
import {
  decisionCountSql,
  decisionListSql,
  filtersOf,
  refusalListSql,
  type DecisionFilter,
} from "./list-sql.js";
import { spanOf } from "./log-span.js";
import { createStatementCache } from "./statement-cache.js";

/** Reads records off their indexes. */
export interface LogLists {
  /** See `DecisionLog.find`. */
  find(workspaceId: string, decisionId: string): DecisionRecord | undefined;
  /** See `DecisionLog.list`. */
  list(workspaceId: string, query: DecisionQuery): Page<DecisionRecord>;
  /** See `DecisionLog.listRefusals`. */
  listRefusals(workspaceId: string, query: RefusalQuery): Page<TokenRefusalRecord>;
}

/** Values by the names of a statement's parameters. */
type Parameters = Readonly<Record<string, string | number>>;

const findSql = `SELECT ${joinedColumns} FROM decisions AS d
  LEFT JOIN decision_personal AS p ON p.decision_sequence = d.sequence
  WHERE d.decision_id = @decisionId AND d.workspace_id = @workspaceId`;

// Enough to tell a filter that matches little from one that does not, in a fraction of a millisecond.
const countedMatches = 1000;

/** Reads the lists of a connection. */
export function createLogLists(client: Database): LogLists {
  const decisionStatement = createStatementCache<Parameters, JoinedDecision>(client);
  const refusalStatement = createStatementCache<Parameters, RefusalRow>(client);
  const countStatement = createStatementCache<Parameters, { readonly count: number }>(client);

  function matchesOf(filter: DecisionFilter, parameters: Parameters): number {
    const counted = { ...parameters, limit: countedMatches };
    return countStatement(decisionCountSql(filter)).get(counted)?.count ?? 0;
  }

  /** Puts the filter first that matches least, because the list is read by it. */
  function leastFirst(
    filters: readonly DecisionFilter[],
    parameters: Parameters,
  ): readonly DecisionFilter[] {
    if (filters.length < 2) {
      return filters;
    }
    const matches = filters.map((filter) => matchesOf(filter, parameters));
    const least = matches.indexOf(Math.min(...matches));
    return [...filters.slice(least, least + 1), ...filters.filter((_, at) => at !== least)];
  }

  return {
    find(workspaceId, decisionId) {
      const row = decisionStatement(findSql).get({ workspaceId, decisionId });
      return row === undefined ? undefined : recordOfDecision(row);
    },
    list(workspaceId, query) {
      const limit = rowsToRead(query);
      const { limit: _limit, cursor: _cursor, from: _from, until: _until, ...values } = query;
      const noGround = { policyId: "", ruleId: "" };
      const parameters = { ...noGround, ...values, workspaceId, ...spanOf(query), limit };
      const sql = decisionListSql(leastFirst(filtersOf(query), parameters));
      const rows = decisionStatement(sql).all(parameters);
      return pageOf(rows.map(recordOfDecision), query.limit, ({ at, decisionId }) =>
        logCursor({ at, id: decisionId }),
      );
    },
    listRefusals(workspaceId, query) {
      const limit = rowsToRead(query);
      const { code } = query;
      const sql = refusalListSql(code === undefined ? undefined : "code");
      const values = code === undefined ? {} : { code };
      const rows = refusalStatement(sql).all({ workspaceId, ...spanOf(query), ...values, limit });
      return pageOf(rows.map(recordOfRefusal), query.limit, ({ at, refusalId }) =>
        logCursor({ at, id: refusalId }),
      );
    },
  };
}
