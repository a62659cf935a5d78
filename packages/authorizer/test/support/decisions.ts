import {
  createDecisionRecorder,
  type DecisionRecorder,
  type DecisionsNotRecorded,
  type RecordingLimits,
} from "@byot/authorizer";
import type { DecisionRecord } from "@byot/storage";
import { noon } from "./identity-provider.js";
import { type ManualTime, manualTime } from "./manual-time.js";

export function decisionOf(decisionId: string, workspaceId = "acme"): DecisionRecord {
  return {
    decisionId,
    workspaceId,
    at: noon,
    revision: 7,
    requestId: "request-1",
    issuer: "https://idp.acme.test",
    providerId: "acme-idp",
    resource: "orders",
    action: "approve",
    decision: "Allow",
    reason: "allowed_by_rule",
    determining: [],
    errors: [],
    durationMicros: 100,
    personal: { subject: "ada", attributes: [] },
  };
}

export function decisionsOf(count: number, workspaceId = "acme"): readonly DecisionRecord[] {
  return Array.from({ length: count }, (_, index) =>
    decisionOf(`${workspaceId}-${index}`, workspaceId),
  );
}

/** One write that a test ends when it likes. */
export interface PendingAppend {
  readonly ids: readonly string[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export interface StartedRecorder {
  readonly recorder: DecisionRecorder;
  readonly time: ManualTime;
  /** Every write so far, ended or not. */
  readonly appends: readonly PendingAppend[];
  readonly reports: readonly DecisionsNotRecorded[];
}

/** A recorder over a log whose writes are ended by the test. */
export function startRecorder(limits: Partial<RecordingLimits> = {}): StartedRecorder {
  const time = manualTime();
  const appends: PendingAppend[] = [];
  const reports: DecisionsNotRecorded[] = [];
  const recorder = createDecisionRecorder({
    ...time,
    log: {
      append: (records) =>
        new Promise((resolve, reject) => {
          const ids = records.map(({ decisionId }) => decisionId);
          appends.push({ ids, resolve, reject });
        }),
    },
    onNotRecorded: (failure) => void reports.push(failure),
    limits,
  });
  return { recorder, time, appends, reports };
}
