import {
  checkAppend,
  groupByWorkspace,
  StorageError,
  type DecisionRecord,
  type SealedDecisions,
  type TokenRefusalRecord,
} from "@byot/storage";
import { logOf, type MemoryLogs } from "./memory-logs.js";
import { addSegment } from "./memory-workspace-log.js";

/** See `DecisionLog.append`. Throws before anything is changed. */
export function appendDecisions(logs: MemoryLogs, given: readonly DecisionRecord[]): void {
  checkAppend(given);
  const records = structuredClone(given);
  checkNewIds(
    logs.decisionIds,
    records.map(({ decisionId }) => decisionId),
  );
  const sealed = [...groupByWorkspace(records)].map(([workspaceId, ofWorkspace]) =>
    logs.chain.sealDecisions(workspaceId, ofWorkspace, []),
  );
  for (const each of sealed) {
    keep(logs, each);
  }
  logs.chain.committed(sealed.map(({ segment }) => segment));
}

/** See `DecisionLog.appendRefusals`. Throws before anything is changed. */
export function appendRefusals(logs: MemoryLogs, given: readonly TokenRefusalRecord[]): void {
  const records = structuredClone(given);
  checkNewIds(
    logs.refusalIds,
    records.map(({ refusalId }) => refusalId),
  );
  for (const record of records) {
    logs.refusalIds.add(record.refusalId);
    logOf(logs, record.workspaceId).refusals.add(record);
  }
}

function keep(logs: MemoryLogs, { segment, decisions }: SealedDecisions): void {
  const log = logOf(logs, segment.workspaceId);
  addSegment(log, segment);
  log.decisionIds.set(
    segment.sequence,
    decisions.map(({ decision }) => decision.decisionId),
  );
  for (const { decision, position, personalHash, salt, personal } of decisions) {
    logs.decisionIds.add(decision.decisionId);
    log.decisions.add({
      sequence: segment.sequence,
      position,
      decision,
      personalHash,
      personal: { salt, fields: personal },
    });
  }
}

function checkNewIds(takenIds: ReadonlySet<string>, ids: readonly string[]): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (takenIds.has(id) || seen.has(id)) {
      throw new StorageError("ALREADY_EXISTS", `\`${id}\` is already in the log`);
    }
    seen.add(id);
  }
}
