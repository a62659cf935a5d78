import type { ChainSegment, DropCount } from "@byot/storage";
import type { MemoryLogs } from "./memory-logs.js";
import type { MemoryWorkspaceLog } from "./memory-workspace-log.js";

/** See `DecisionLog.dropBefore`. */
export function dropFromMemory(logs: MemoryLogs, workspaceId: string, before: Date): DropCount {
  const log = logs.workspaces.get(workspaceId);
  if (log === undefined) {
    return { segments: 0, decisions: 0, refusals: 0 };
  }
  const segments = takeOldSegments(log, before);
  const decisionIds = new Set(
    segments.flatMap(({ sequence }) => log.decisionIds.get(sequence) ?? []),
  );
  const refusalIds = new Set(
    [...log.refusals.backwards({ at: before, id: "" })].map(({ refusalId }) => refusalId),
  );
  log.decisions.remove(decisionIds);
  log.refusals.remove(refusalIds);
  decisionIds.forEach((id) => logs.decisionIds.delete(id));
  refusalIds.forEach((id) => logs.refusalIds.delete(id));
  for (const { sequence } of segments) {
    log.decisionIds.delete(sequence);
    log.erasures.delete(sequence);
  }
  return { segments: segments.length, decisions: decisionIds.size, refusals: refusalIds.size };
}

function takeOldSegments(log: MemoryWorkspaceLog, before: Date): readonly ChainSegment[] {
  const firstKept = log.segments.findIndex(({ lastAt }) => lastAt.getTime() >= before.getTime());
  const dropped = log.segments.splice(0, firstKept === -1 ? log.segments.length : firstKept);
  const last = dropped.at(-1);
  if (log.chain !== undefined && last !== undefined) {
    log.chain = { ...log.chain, droppedSequence: last.sequence, droppedHash: last.hash };
  }
  return dropped;
}
