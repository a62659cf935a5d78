import type {
  CallGate,
  DecisionLog,
  DecisionQuery,
  DecisionRecord,
  TokenRefusalRecord,
} from "@byot/storage";
import { createAppendLog } from "./append-log.js";

const filters = ["decision", "subject", "resource", "action"] as const;

/** Makes an empty decision log behind a gate. */
export function createMemoryDecisionLog(gate: CallGate): DecisionLog {
  const decisions = createAppendLog<DecisionRecord>(({ decisionId }) => decisionId);
  const refusals = createAppendLog<TokenRefusalRecord>(({ refusalId }) => refusalId);
  return {
    append: (records) => gate.run(() => decisions.append(records)),
    appendRefusals: (records) => gate.run(() => refusals.append(records)),
    find: (workspaceId, decisionId) => gate.run(() => decisions.find(workspaceId, decisionId)),
    list: (workspaceId, query) =>
      gate.run(() => decisions.list(workspaceId, query, (record) => matches(record, query))),
    listRefusals: (workspaceId, query) =>
      gate.run(() => refusals.list(workspaceId, query, ({ at }) => isFrom(at, query.from))),
  };
}

function matches(record: DecisionRecord, query: DecisionQuery): boolean {
  return (
    isFrom(record.at, query.from) &&
    filters.every((field) => query[field] === undefined || query[field] === record[field])
  );
}

function isFrom(at: Date, from: Date | undefined): boolean {
  return from === undefined || at.getTime() >= from.getTime();
}
