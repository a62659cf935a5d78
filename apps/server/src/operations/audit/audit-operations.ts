import type { Routes } from "@byot/api-contract";
import type { ChainReport, DecisionLog, WorkspaceRecord } from "@byot/storage";
import { changeOrigin } from "../change-origin.js";
import { existingWorkspace } from "../existing-workspace.js";
import { everyPage } from "../every-page.js";
import { listPage } from "../list-page.js";
import type { Answered, Invocation, OperationsOf, Pages } from "../operation.js";
import { done, type Outcome, refused } from "../outcome.js";
import type { Services } from "../services.js";
import { describeChange } from "./describe-change.js";
import { describeDecision, describeRefusal, describeStatistics } from "./describe-records.js";
import { findDecisions, type WantedDecisions } from "./find-decisions.js";
import { since } from "./since.js";
import { statisticsSince } from "./statistics-since.js";

type AuditOperations = OperationsOf<Routes["audit"]>;
type AuditServices = Pick<Services, "storage" | "clock" | "createId" | "pseudonym">;

/**
 * The operations on the logs. They outlive their workspace, so that one made again under the same id sees only what was
 * recorded since it was made; whether the chains are whole is told of all of it.
 */
export function auditOperations(services: AuditServices): AuditOperations {
  return { ...listOperations(services), ...chainOperations(services) };
}

type ListName =
  "decisions" | "decision" | "exportDecisions" | "refusals" | "changes" | "statistics";

function listOperations(services: AuditServices): Pick<AuditOperations, ListName> {
  const { changeLog, decisionLog } = services.storage;
  return {
    decisions: inWorkspace(services, ({ query }, workspace) =>
      listPage(findDecisions(wanted(services, workspace), query), describeDecision),
    ),
    decision: inWorkspace(services, async ({ path }, { id, createdAt }) => {
      const record = await decisionLog.find(id, path.key);
      if (record === undefined || record.at < createdAt) {
        const detail = `the log of the workspace has no decision \`${path.key}\``;
        return refused({ code: "decision_unknown", detail });
      }
      return done({ answer: { data: describeDecision(record) } });
    }),
    exportDecisions: inWorkspace(services, async ({ query }, workspace) => {
      const log = wanted(services, workspace);
      const pages = everyPage((page) => findDecisions(log, { ...query, ...page }));
      return done(mapPages(pages, describeDecision));
    }),
    refusals: inWorkspace(services, ({ query }, { id, createdAt }) =>
      listPage(decisionLog.listRefusals(id, since(createdAt, query)), describeRefusal),
    ),
    changes: inWorkspace(services, ({ query }, { id, createdAt }) =>
      listPage(changeLog.list(id, since(createdAt, query)), describeChange),
    ),
    statistics: inWorkspace(services, async ({ query }, workspace) => {
      const { from, until, bucketSeconds } = query;
      const span = { from, until, bucketMillis: bucketSeconds * 1000 };
      const statistics = await statisticsSince(decisionLog, workspace, span);
      return done({ answer: { data: describeStatistics(statistics) } });
    }),
  };
}

function chainOperations(services: AuditServices): Omit<AuditOperations, ListName> {
  const { decisionLog } = services.storage;
  return {
    checkpoint: inWorkspace(services, async (_invocation, { id }) =>
      done({ answer: { data: { heads: await decisionLog.checkpoint(id) } } }),
    ),
    verify: inWorkspace(services, async (_invocation, { id }) =>
      answerReport(await decisionLog.verify(id)),
    ),
    verifyAgainst: inWorkspace(services, async ({ body }, { id }) =>
      answerReport(await decisionLog.verify(id, body.expected)),
    ),
    erase: inWorkspace(services, async (invocation, { id }) => {
      const { subject, ...issuer } = invocation.body;
      const erasureId = services.createId();
      const count = await decisionLog.eraseSubject(id, {
        ...issuer,
        erasureId,
        // Whether the workspace keeps pseudonyms now or did so before: no name of the subject stays.
        subjects: [subject, services.pseudonym(id, subject)],
        at: services.clock(),
        by: changeOrigin(invocation).by,
      });
      return done({ answer: { data: { erasureId, ...count } } });
    }),
  };
}

type InWorkspace = Pick<Invocation<{ readonly workspace: string }, unknown, unknown>, "path">;

/** An operation that needs its workspace to be there. */
function inWorkspace<Called extends InWorkspace, Value>(
  { storage }: AuditServices,
  operation: (invocation: Called, workspace: WorkspaceRecord) => Promise<Outcome<Value>>,
): (invocation: Called) => Promise<Outcome<Value>> {
  return async (invocation) => {
    const workspace = await existingWorkspace(storage, invocation.path.workspace);
    return workspace.ok ? operation(invocation, workspace.value) : workspace;
  };
}

function wanted(
  { storage, pseudonym }: AuditServices,
  workspace: WorkspaceRecord,
): WantedDecisions {
  return { log: storage.decisionLog, pseudonym, workspace };
}

function answerReport(
  report: Awaited<ReturnType<DecisionLog["verify"]>>,
): Outcome<Answered<{ readonly data: ChainReport }>> {
  return done({ answer: { data: report } });
}

async function* mapPages<Item, Line>(
  pages: AsyncIterable<readonly Item[]>,
  toLine: (item: Item) => Line,
): Pages<Line> {
  for await (const page of pages) {
    yield page.map(toLine);
  }
}
