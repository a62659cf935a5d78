import { rowsToRead, type DecisionQuery, type RefusalQuery } from "@byot/storage";
import { spanOf } from "./log-span.js";

/** The parameters of a list's statement, by name. */
export type ListParameters = Readonly<Record<string, string | number>>;

/**
 * The parameters of a list.
 *
 * @throws TypeError when the limit is out of range; StorageError with code `NOT_FOUND` for a cursor that is not one.
 */
export function listParameters(
  workspaceId: string,
  query: DecisionQuery | RefusalQuery,
): ListParameters {
  const { limit: _limit, cursor: _cursor, from: _from, until: _until, ...values } = query;
  const limit = rowsToRead(query);
  // Without a policy or without a rule, the ground that is asked for has an empty one.
  return { policyId: "", ruleId: "", ...values, workspaceId, ...spanOf(query), limit };
}
