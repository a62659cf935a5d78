import type {
  DecisionRecord,
  Page,
  RefusalQuery,
  Storage,
  TokenRefusalRecord,
} from "@byot/storage";
import { decisionRecord, recordTime, refusalRecord } from "./sample-log-records.js";

/** One of the two lists of the decision log, and how its records are made. */
export interface SampleLog<Entry> {
  /** What its records are called in a title. */
  readonly noun: string;
  /** The n-th record of a workspace, `acme` unless another is named, at its own time unless one is given. */
  readonly entry: (n: number, workspaceId?: string, at?: Date) => Entry;
  /** Writes records. */
  readonly append: (storage: Storage, entries: readonly Entry[]) => Promise<void>;
  /** Reads them. */
  readonly list: (
    storage: Storage,
    workspaceId: string,
    query: RefusalQuery,
  ) => Promise<Page<Entry>>;
}

/** The decisions. */
export const sampleDecisions: SampleLog<DecisionRecord> = {
  noun: "decisions",
  entry: (n, workspaceId = "acme", at = recordTime(n)) => decisionRecord(n, { workspaceId, at }),
  append: ({ decisionLog }, records) => decisionLog.append(records),
  list: ({ decisionLog }, workspaceId, query) => decisionLog.list(workspaceId, query),
};

/** The refused tokens. */
export const sampleRefusals: SampleLog<TokenRefusalRecord> = {
  noun: "refused tokens",
  entry: (n, workspaceId = "acme", at = recordTime(n)) => refusalRecord(n, { workspaceId, at }),
  append: ({ decisionLog }, records) => decisionLog.appendRefusals(records),
  list: ({ decisionLog }, workspaceId, query) => decisionLog.listRefusals(workspaceId, query),
};
