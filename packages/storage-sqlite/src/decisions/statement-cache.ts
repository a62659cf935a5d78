import type { Database, Statement } from "better-sqlite3";

/** Answers the compiled statement of an SQL text, and compiles each text once. */
export type StatementCache<Parameters extends object, Row> = (
  sql: string,
) => Statement<[Parameters], Row>;

/** Makes the cache of one connection. The texts that are asked for must be few. */
export function createStatementCache<Parameters extends object, Row>(
  client: Database,
): StatementCache<Parameters, Row> {
  const statements = new Map<string, Statement<[Parameters], Row>>();
  return (sql) => {
    const known = statements.get(sql);
    if (known !== undefined) {
      return known;
    }
    const statement = client.prepare<[Parameters], Row>(sql);
    statements.set(sql, statement);
    return statement;
  };
}
