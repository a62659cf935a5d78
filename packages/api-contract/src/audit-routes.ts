import {
  chainReportSchema,
  checkpointAnswerSchema,
  verifyBodySchema,
  type ChainReport,
  type CheckpointAnswer,
  type VerifyBody,
} from "./audit-chain.js";
import {
  erasureAnswerSchema,
  erasureBodySchema,
  type ErasureAnswer,
  type ErasureBody,
} from "./audit-erasure.js";
import {
  statisticsAnswerSchema,
  statisticsQuerySchema,
  type StatisticsAnswer,
  type StatisticsQuery,
} from "./audit-statistics.js";
import {
  noBodySchema,
  noParametersSchema,
  ordinaryBodyLimitBytes,
  type NoParameters,
} from "./collection-routes.js";
import { dataAnswer, pageAnswer, type DataAnswer, type PageAnswer } from "./envelope.js";
import { changesQuerySchema, loggedChangeSchema } from "./logged-change.js";
import type { ChangesQuery, LoggedChange } from "./logged-change.js";
import { decisionFilterSchema, decisionsQuerySchema } from "./logged-decision.js";
import type { DecisionFilter, DecisionsQuery, LoggedDecision } from "./logged-decision.js";
import { loggedDecisionSchema } from "./logged-decision.js";
import { loggedRefusalSchema, refusalsQuerySchema } from "./logged-refusal.js";
import type { LoggedRefusal, RefusalsQuery } from "./logged-refusal.js";
import { itemPathSchema, workspacePath, workspacePathSchema } from "./paths.js";
import type { ItemPath, WorkspacePath } from "./paths.js";
import type { Route, StreamRoute } from "./route.js";

/** What was decided, refused and changed, and whether the record of it is whole. */
export interface AuditRoutes {
  /** What was decided, newest first. */
  readonly decisions: Route<WorkspacePath, DecisionsQuery, undefined, PageAnswer<LoggedDecision>>;
  /** One decision, by the id that its answer carried. */
  readonly decision: Route<ItemPath, NoParameters, undefined, DataAnswer<LoggedDecision>>;
  /** Everything that was decided, newest first, one decision for each line. */
  readonly exportDecisions: StreamRoute<WorkspacePath, DecisionFilter, LoggedDecision>;
  /** Which tokens were refused, newest first. */
  readonly refusals: Route<WorkspacePath, RefusalsQuery, undefined, PageAnswer<LoggedRefusal>>;
  /** Who changed what, newest first. */
  readonly changes: Route<WorkspacePath, ChangesQuery, undefined, PageAnswer<LoggedChange>>;
  /** Counts over a span of time. */
  readonly statistics: Route<
    WorkspacePath,
    StatisticsQuery,
    undefined,
    DataAnswer<StatisticsAnswer>
  >;
  /** Where the chains end now. */
  readonly checkpoint: Route<WorkspacePath, NoParameters, undefined, DataAnswer<CheckpointAnswer>>;
  /** Whether the chains are whole. */
  readonly verify: Route<WorkspacePath, NoParameters, undefined, DataAnswer<ChainReport>>;
  /** Whether the chains are whole and hold what an earlier checkpoint said. */
  readonly verifyAgainst: Route<WorkspacePath, NoParameters, VerifyBody, DataAnswer<ChainReport>>;
  /** Takes what is personal about a subject out of the logs, for good. */
  readonly erase: Route<WorkspacePath, NoParameters, ErasureBody, DataAnswer<ErasureAnswer>>;
}

const kibibyte = 1024;
// One head for each process that ever wrote what the retention has not dropped: some thousands in years.
const checkpointLimitBytes = 1024 * kibibyte;

const auditPath = `${workspacePath}/audit`;

const reading = {
  format: "json",
  method: "get",
  access: "audit:read",
  parameters: workspacePathSchema,
  query: noParametersSchema,
  body: noBodySchema,
  bodyLimitBytes: 0,
  status: 200,
  requiresVersion: false,
} as const;

const lists = {
  decisions: {
    ...reading,
    path: `${auditPath}/decisions`,
    summary: "Lists what was decided, newest first.",
    query: decisionsQuerySchema,
    answer: pageAnswer(loggedDecisionSchema),
  },
  decision: {
    ...reading,
    path: `${auditPath}/decisions/:key`,
    summary: "Reads one decision by the id that its answer carried.",
    parameters: itemPathSchema,
    answer: dataAnswer(loggedDecisionSchema),
  },
  exportDecisions: {
    ...reading,
    format: "ndjson",
    path: `${auditPath}/export`,
    summary: "Streams what was decided, newest first, one decision for each line.",
    query: decisionFilterSchema,
    line: loggedDecisionSchema,
  },
  refusals: {
    ...reading,
    path: `${auditPath}/refusals`,
    summary: "Lists which tokens were refused, newest first.",
    query: refusalsQuerySchema,
    answer: pageAnswer(loggedRefusalSchema),
  },
  changes: {
    ...reading,
    path: `${auditPath}/changes`,
    summary: "Lists who changed what, newest first.",
    query: changesQuerySchema,
    answer: pageAnswer(loggedChangeSchema),
  },
  statistics: {
    ...reading,
    path: `${auditPath}/statistics`,
    summary: "Counts decisions and refused tokens over a span of time.",
    query: statisticsQuerySchema,
    answer: dataAnswer(statisticsAnswerSchema),
  },
} as const;

const chains = {
  checkpoint: {
    ...reading,
    path: `${auditPath}/checkpoint`,
    summary: "Says where the chains of the decision log end, to be kept elsewhere.",
    answer: dataAnswer(checkpointAnswerSchema),
  },
  verify: {
    ...reading,
    path: `${auditPath}/verify`,
    summary: "Reads the whole decision log and says whether its chains are whole.",
    answer: dataAnswer(chainReportSchema),
  },
  verifyAgainst: {
    ...reading,
    method: "post",
    path: `${auditPath}/verify`,
    summary: "Says whether the chains are whole and still hold what an earlier checkpoint said.",
    body: verifyBodySchema,
    bodyLimitBytes: checkpointLimitBytes,
    answer: dataAnswer(chainReportSchema),
  },
} as const;

/** The routes of the logs. */
export const auditRoutes: AuditRoutes = {
  ...lists,
  ...chains,
  erase: {
    ...reading,
    method: "post",
    path: `${auditPath}/erasures`,
    summary: "Takes what is personal about a subject out of the logs, for good.",
    access: "audit:write",
    body: erasureBodySchema,
    bodyLimitBytes: ordinaryBodyLimitBytes,
    answer: dataAnswer(erasureAnswerSchema),
  },
};
