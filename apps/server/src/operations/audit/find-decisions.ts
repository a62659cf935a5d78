import type { DecisionFilter } from "@byot/api-contract";
import {
  compareKeys,
  type DecisionLog,
  type DecisionQuery,
  type DecisionRecord,
  logCursor,
  type Page,
  type PageRequest,
  type WorkspaceRecord,
} from "@byot/storage";
import { since } from "./since.js";
import type { Pseudonym } from "./subject-pseudonyms.js";

/** Where decisions are looked for. */
export interface WantedDecisions {
  /** The log. */
  readonly log: Pick<DecisionLog, "list">;
  /** Whose decisions. */
  readonly workspace: WorkspaceRecord;
  /** What the log may hold in the place of a subject. */
  readonly pseudonym: Pseudonym;
}

/**
 * A page of a workspace's decisions since it was made, newest first. A subject is found under its pseudonym too, where
 * the workspace keeps those.
 */
export async function findDecisions(
  { log, workspace, pseudonym }: WantedDecisions,
  filter: DecisionFilter & PageRequest,
): Promise<Page<DecisionRecord>> {
  const { provider, policy, rule, ...same } = filter;
  const query: DecisionQuery = since(workspace.createdAt, {
    ...same,
    ...(provider === undefined ? {} : { providerId: provider }),
    ...(policy === undefined ? {} : { policyId: policy }),
    ...(rule === undefined ? {} : { ruleId: rule }),
  });
  if (query.subject === undefined || !workspace.settings.hashSubjects) {
    return log.list(workspace.id, query);
  }
  const names = [query.subject, pseudonym(workspace.id, query.subject)];
  return mergePages(
    query.limit,
    await Promise.all(names.map((subject) => log.list(workspace.id, { ...query, subject }))),
  );
}

/** The first page of several lists as one, each of which has begun with a page of the same limit. */
function mergePages(limit: number, pages: readonly Page<DecisionRecord>[]): Page<DecisionRecord> {
  const found = pages.flatMap(({ items }) => items).toSorted(newestFirst);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const isLast = found.length === items.length && pages.every((page) => page.nextCursor === null);
  return {
    items,
    nextCursor:
      last === undefined || isLast ? null : logCursor({ at: last.at, id: last.decisionId }),
  };
}

function newestFirst(first: DecisionRecord, second: DecisionRecord): number {
  return (
    second.at.getTime() - first.at.getTime() || compareKeys(second.decisionId, first.decisionId)
  );
}
