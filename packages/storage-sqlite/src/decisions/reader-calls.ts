import type {
  ChainHead,
  ChainReport,
  DecisionQuery,
  DecisionRecord,
  DecisionStatistics,
  Page,
  StatisticsQuery,
} from "@byot/storage";
import type { CallHost } from "../workers/call-types.js";

/** The calls that read so much of the decision log that they must not be in anybody's way. */
export interface ReaderCalls {
  /** See `DecisionLog.list`. */
  readonly list: {
    readonly argument: { readonly workspaceId: string; readonly query: DecisionQuery };
    readonly answer: Page<DecisionRecord>;
  };
  /** See `DecisionLog.statistics`. */
  readonly statistics: {
    readonly argument: { readonly workspaceId: string; readonly query: StatisticsQuery };
    readonly answer: DecisionStatistics;
  };
  /** See `DecisionLog.verify`. */
  readonly verify: {
    readonly argument: { readonly workspaceId: string; readonly expected: readonly ChainHead[] };
    readonly answer: ChainReport;
  };
}

/** Has the log read, here or in a thread. */
export type ReaderHost = CallHost<ReaderCalls>;
