import { statisticsQuerySchema } from "../audit-statistics.js";
import { configWriteQuerySchema } from "../configuration.js";
import { changesQuerySchema } from "../logged-change.js";
import { decisionFilterSchema, decisionsQuerySchema } from "../logged-decision.js";
import { refusalsQuerySchema } from "../logged-refusal.js";
import { pageQuerySchema } from "../page-schema.js";
import { providerWriteQuerySchema } from "../provider-tests.js";
import { routes } from "../routes.js";

/** The interface that each schema of query parameters reads, by the schema. */
export const queryInterfaces: ReadonlyMap<object, string> = new Map<object, string>([
  [pageQuerySchema, "PageQuery"],
  [decisionsQuerySchema, "DecisionsQuery"],
  [decisionFilterSchema, "DecisionFilter"],
  [refusalsQuerySchema, "RefusalsQuery"],
  [changesQuerySchema, "ChangesQuery"],
  [statisticsQuerySchema, "StatisticsQuery"],
  [configWriteQuerySchema, "ConfigWriteQuery"],
  [providerWriteQuerySchema, "ProviderWriteQuery"],
  [routes.workspaces.remove.query, "DeleteWorkspaceQuery"],
]);
