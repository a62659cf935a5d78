import type { DecisionLog, TokenRefusalRecord } from "@byot/storage";
import type { Schedule } from "../schedule.js";

/** What a refusal recorder is put together from. */
export interface RefusalRecorderParts {
  /** Where refused tokens are written. */
  readonly log: Pick<DecisionLog, "appendRefusals">;
  /** Makes an id for a record; a UUIDv7, so that ids sort by time. */
  readonly createId: () => string;
  /** A clock that only goes forward, in milliseconds. */
  readonly stopwatch: () => number;
  /** Lets time pass. */
  readonly schedule: Schedule;
  /** Is told how many refused tokens will not be recorded, not even as a number. What it throws is ignored. */
  readonly onRefusalsLost: (count: number) => void;
}

/** A refused token, before its record has an id. */
export type RefusedToken = Omit<TokenRefusalRecord, "refusalId" | "count">;

/** Records refused tokens in the background, and never lets anyone wait. */
export interface RefusalRecorder {
  /**
   * Takes note of a refused token. Never throws.
   *
   * @param source - Where the request came from: refusals of one source are recorded together when they are many.
   */
  record(refused: RefusedToken, source: string | undefined): void;
  /** Accepts nothing any more; resolves when all that was accepted is written or reported as lost. */
  close(): Promise<void>;
}
