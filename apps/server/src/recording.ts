import {
  createDecisionRecorder,
  createRefusalRecorder,
  type DecisionRecorder,
  type DecisionsNotRecorded,
  type RefusalRecorder,
} from "@byot/authorizer";
import type { DecisionLog } from "@byot/storage";
import { rateBounded } from "./process/rate-bounded.js";
import { scheduleLater, scheduleTimeout } from "./process/schedules.js";

/** Where the operator is told what is missing in the logs. */
export interface RecordingLog {
  /** Writes one entry. */
  error(entry: object, message: string): void;
  /** Writes one entry. */
  warn(entry: object, message: string): void;
}

/** What a recording is put together from. */
export interface RecordingParts {
  /** Where decisions and refused tokens are written. */
  readonly decisionLog: Pick<DecisionLog, "append" | "appendRefusals">;
  /** Makes ids of records. */
  readonly createId: () => string;
  /** A clock that only goes forward, in milliseconds. */
  readonly stopwatch: () => number;
  /** Where the operator reads. */
  readonly logger: RecordingLog;
}

/** What stands between the checks and the decision log. */
export interface Recording {
  /** Records decisions. */
  readonly decisionRecorder: DecisionRecorder;
  /** Records refused tokens. */
  readonly refusalRecorder: RefusalRecorder;
  /** Accepts nothing any more; resolves when all that was accepted is written or reported as lost. */
  close(): Promise<void>;
}

/** Puts the recorders together. What they cannot write is told to the operator, at most once a second each. */
export function createRecording(parts: RecordingParts): Recording {
  const { decisionLog, createId, stopwatch, logger } = parts;
  const timing = { stopwatch, schedule: scheduleTimeout };
  const notRecorded = rateBounded<DecisionsNotRecorded>({
    tell: (failure) => logNotRecorded(logger, failure),
    merge: addUp,
    schedule: scheduleLater,
  });
  const refusalsLost = rateBounded<number>({
    tell: (count) => logger.warn({ count }, "refused tokens could not be recorded"),
    merge: (earlier, later) => earlier + later,
    schedule: scheduleLater,
  });
  const decisionRecorder = createDecisionRecorder({
    ...timing,
    log: decisionLog,
    onNotRecorded: notRecorded.tell,
  });
  const refusalRecorder = createRefusalRecorder({
    ...timing,
    log: decisionLog,
    createId,
    onRefusalsLost: refusalsLost.tell,
  });
  return {
    decisionRecorder,
    refusalRecorder,
    async close() {
      await Promise.all([decisionRecorder.close(), refusalRecorder.close()]);
      notRecorded.flush();
      refusalsLost.flush();
    },
  };
}

function addUp(earlier: DecisionsNotRecorded, later: DecisionsNotRecorded): DecisionsNotRecorded {
  return {
    error: later.error,
    count: earlier.count + later.count,
    answered: earlier.answered + later.answered,
  };
}

function logNotRecorded(
  logger: RecordingLog,
  { error, count, answered }: DecisionsNotRecorded,
): void {
  const message =
    answered === 0
      ? "decisions could not be recorded and were not answered"
      : "decisions could not be recorded, and those of `buffered` workspaces had been answered";
  logger.error({ err: error, count, answered }, message);
}
