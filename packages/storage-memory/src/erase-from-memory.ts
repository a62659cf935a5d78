import { compareKeys, largestAppend, type ErasureCount, type SubjectErasure } from "@byot/storage";
import type { MemoryLogs } from "./memory-logs.js";
import {
  addSegment,
  type MemoryDecision,
  type MemoryWorkspaceLog,
} from "./memory-workspace-log.js";

/** See `DecisionLog.eraseSubject`. */
export function eraseFromMemory(
  logs: MemoryLogs,
  workspaceId: string,
  given: SubjectErasure,
): ErasureCount {
  const log = logs.workspaces.get(workspaceId);
  if (log === undefined) {
    return { decisions: 0, refusals: 0 };
  }
  const erasure = structuredClone(given);
  const ids = eraseDecisions(log, erasure);
  for (let start = 0; start < ids.length; start += largestAppend) {
    const { erasureId, at, by } = erasure;
    const record = {
      erasureId,
      at,
      by,
      decisionIds: ids.slice(start, start + largestAppend),
    };
    const segment = logs.chain.sealErasure(workspaceId, record, []);
    addSegment(log, segment);
    log.erasures.set(segment.sequence, record);
    logs.chain.committed([segment]);
  }
  return { decisions: ids.length, refusals: eraseRefusals(log, erasure) };
}

/** Takes the personal fields out. Answers the ids in ascending order. */
function eraseDecisions(log: MemoryWorkspaceLog, erasure: SubjectErasure): readonly string[] {
  const named = [...log.decisions.backwards(undefined)].filter(({ decision, personal }) =>
    isNamed(erasure, personal?.fields.subject, decision.issuer),
  );
  for (const decision of named) {
    log.decisions.replace(withoutPersonal(decision));
  }
  return named.map(({ decision }) => decision.decisionId).toSorted(compareKeys);
}

function withoutPersonal({ personal: _personal, ...rest }: MemoryDecision): MemoryDecision {
  return rest;
}

function eraseRefusals(log: MemoryWorkspaceLog, erasure: SubjectErasure): number {
  const named = [...log.refusals.backwards(undefined)].filter(({ subject, unverifiedIssuer }) =>
    isNamed(erasure, subject, unverifiedIssuer),
  );
  for (const { subject: _subject, ...rest } of named) {
    log.refusals.replace(rest);
  }
  return named.length;
}

function isNamed(
  { subjects, issuer }: SubjectErasure,
  subject: string | undefined,
  itsIssuer: string | undefined,
): boolean {
  return (
    subject !== undefined &&
    subjects.includes(subject) &&
    (issuer === undefined || issuer === itsIssuer)
  );
}
