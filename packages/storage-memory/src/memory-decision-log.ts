import {
  verifyChain,
  type CallGate,
  type ChainHead,
  type DecisionLog,
  type DecisionRecord,
  type Page,
  type PageRequest,
} from "@byot/storage";
import { appendDecisions, appendRefusals } from "./append-to-memory.js";
import { dropFromMemory } from "./drop-from-memory.js";
import { eraseFromMemory } from "./erase-from-memory.js";
import { keyedPage } from "./keyed-page.js";
import { matchesDecision, matchesRefusal } from "./matches-decision.js";
import { createMemoryChainReader } from "./memory-chain-reader.js";
import { createMemoryLogs, sha256, type MemoryLogs } from "./memory-logs.js";
import { memoryStatistics } from "./memory-statistics.js";
import {
  createMemoryWorkspaceLog,
  placeOfDecision,
  placeOfRefusal,
  type MemoryDecision,
} from "./memory-workspace-log.js";
import { timeOrderedPage } from "./time-ordered-page.js";

/** Makes an empty decision log behind a gate. */
export function createMemoryDecisionLog(gate: CallGate): DecisionLog {
  const logs = createMemoryLogs();
  return {
    ...readingOf(logs, gate),
    append: (records) => gate.run(() => appendDecisions(logs, records)),
    appendRefusals: (records) => gate.run(() => appendRefusals(logs, records)),
    eraseSubject: (workspaceId, erasure) =>
      gate.run(() => eraseFromMemory(logs, workspaceId, erasure)),
    dropBefore: (workspaceId, before) => gate.run(() => dropFromMemory(logs, workspaceId, before)),
    checkpoint: (workspaceId) => gate.run(() => headsOf(logs, workspaceId)),
    verify: (workspaceId, expected = []) =>
      gate.run(() => {
        const log = logs.workspaces.get(workspaceId) ?? createMemoryWorkspaceLog();
        return verifyChain(createMemoryChainReader(log), { hash: sha256, expected });
      }),
  };
}

type Reading = Pick<
  DecisionLog,
  "find" | "list" | "listRefusals" | "statistics" | "listWorkspaces"
>;

function readingOf(logs: MemoryLogs, gate: CallGate): Reading {
  const { workspaces } = logs;
  return {
    find: (workspaceId, decisionId) =>
      gate.run(() => {
        const found = workspaces.get(workspaceId)?.decisions.find(decisionId);
        return found === undefined ? undefined : structuredClone(recordOf(found));
      }),
    list: (workspaceId, query) =>
      gate.run(() => {
        const page = timeOrderedPage(workspaces.get(workspaceId)?.decisions, {
          query,
          placeOf: placeOfDecision,
          matches: (decision) => matchesDecision(decision, query),
        });
        return structuredClone({ ...page, items: page.items.map(recordOf) });
      }),
    listRefusals: (workspaceId, query) =>
      gate.run(() =>
        structuredClone(
          timeOrderedPage(workspaces.get(workspaceId)?.refusals, {
            query,
            placeOf: placeOfRefusal,
            matches: (refusal) => matchesRefusal(refusal, query),
          }),
        ),
      ),
    statistics: (workspaceId, query) =>
      gate.run(() => memoryStatistics(workspaces.get(workspaceId), query)),
    listWorkspaces: (page) => gate.run(() => workspacesWithRecords(logs, page)),
  };
}

function recordOf({ decision, personal }: MemoryDecision): DecisionRecord {
  return { ...decision, ...(personal === undefined ? {} : { personal: personal.fields }) };
}

function workspacesWithRecords({ workspaces }: MemoryLogs, page: PageRequest): Page<string> {
  const ids = [...workspaces]
    .filter(([, { segments, refusals }]) => segments.length > 0 || refusals.size() > 0)
    .map(([workspaceId]) => workspaceId);
  return keyedPage(ids, page, (workspaceId) => workspaceId);
}

function headsOf({ workspaces }: MemoryLogs, workspaceId: string): readonly ChainHead[] {
  const chain = workspaces.get(workspaceId)?.chain;
  return chain === undefined
    ? []
    : [{ writerId: chain.writerId, sequence: chain.headSequence, hash: chain.headHash }];
}
