import type { DecisionLog, DecisionRecord, WorkspaceSettings } from "@byot/storage";
import type { Result } from "../result.js";
import type { Schedule } from "../schedule.js";

/** What a decision recorder is put together from. */
export interface DecisionRecorderParts {
  /** Where decisions are written. Each `append` must settle at some time: until it does, nothing else is written. */
  readonly log: Pick<DecisionLog, "append">;
  /** A clock that only goes forward, in milliseconds. */
  readonly stopwatch: () => number;
  /** Lets time pass. */
  readonly schedule: Schedule;
  /** Is told, for the operator's log, when decisions could not be written. What it throws is ignored. */
  readonly onNotRecorded: (failure: DecisionsNotRecorded) => void;
  /** How much may wait, and for how long. @defaultValue those of {@link RecordingLimits} */
  readonly limits?: Partial<RecordingLimits>;
}

/** How much may wait for the decision log, and for how long. */
export interface RecordingLimits {
  /** Most decisions that wait, those on their way to the log included. @defaultValue 10,000 */
  readonly waiting: number;
  /** Most of them of one workspace. @defaultValue half of `waiting` */
  readonly waitingOfWorkspace: number;
  /** How long a check waits for its record, in milliseconds. @defaultValue 800 */
  readonly waitMillis: number;
  /** How long a record waits that nobody waits for, in milliseconds. @defaultValue 50 */
  readonly flushMillis: number;
  /** How long after a failure the next record is let through to try the log, in milliseconds. @defaultValue 100 */
  readonly probeMillis: number;
}

/** Decisions that could not be written. */
export interface DecisionsNotRecorded {
  /** What the log said. */
  readonly error: unknown;
  /** How many could not be written. */
  readonly count: number;
  /** How many of them had been answered already, since their workspaces are set to `buffered`. */
  readonly answered: number;
}

/** The decision could not be recorded, so it is not answered. */
export interface RecordingFailure {
  /** The one code of it. */
  readonly code: "audit_unavailable";
  /** What was wrong, in one line. */
  readonly detail: string;
  /** When another try makes sense, in seconds. */
  readonly retryAfterSeconds: number;
}

/** When a decision may be answered: once its record is durable, or as soon as it waits to be written. */
export type Durability = Exclude<WorkspaceSettings["decisionLog"], "off">;

/** What stands between checks and the decision log. */
export interface DecisionRecorder {
  /**
   * Records decisions of one workspace, all of them or none, each id once.
   *
   * `strict` resolves once all of them are in the log; `buffered` resolves at once, and they are written later. A
   * failure means: do not answer. A record may then be in the log all the same.
   *
   * @throws TypeError for more than 512 records.
   */
  record(
    records: readonly DecisionRecord[],
    durability: Durability,
  ): Promise<Result<void, RecordingFailure>>;
  /** How it is doing. */
  status(): RecorderStatus;
  /** Accepts nothing any more; resolves when all that was accepted is written, or has failed and was reported. */
  close(): Promise<void>;
}

/** How a decision recorder is doing. */
export interface RecorderStatus {
  /** Decisions that wait to be written. */
  readonly queued: number;
  /** Decisions on their way to the log. */
  readonly inFlight: number;
  /** For how long the oldest of either has been waiting, in milliseconds; 0 when there is none. */
  readonly oldestMillis: number;
  /** How long the last write took, in milliseconds; 0 before there was one. */
  readonly lastFlushMillis: number;
  /** Segments written since the start: for each write one for each workspace in it. */
  readonly segments: number;
  /** Decisions written since the start. */
  readonly recorded: number;
  /** Decisions since the start that could not be written, or were not accepted. */
  readonly refused: number;
  /** Whether the log failed, or took too long, when it was last asked. */
  readonly isFailing: boolean;
}
