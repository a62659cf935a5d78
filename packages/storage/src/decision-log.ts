import type { ChangeActor } from "./change-log.js";
import type { ChainHead, ChainReport } from "./audit-chain/chain.js";
import type { DecisionQuery, RefusalQuery } from "./decision-query.js";
import type { DecisionRecord, TokenRefusalRecord } from "./decision-record.js";
import type { DecisionStatistics, StatisticsQuery } from "./decision-statistics.js";
import type { Page, PageRequest } from "./page.js";

/** Whose personal fields are to go. */
export interface SubjectErasure {
  /** A UUIDv7 for the record of the erasure. */
  readonly erasureId: string;
  /** The subject under every name it has in the log: plain, and its pseudonym; at least one. */
  readonly subjects: readonly string[];
  /** Only what this issuer said of it; absent for every issuer. */
  readonly issuer?: string;
  /** When it is erased. */
  readonly at: Date;
  /** Who asked for it. */
  readonly by: ChangeActor;
}

/** How much was erased. */
export interface ErasureCount {
  /** Decisions without personal fields from now on. */
  readonly decisions: number;
  /** Refused tokens without a subject from now on. */
  readonly refusals: number;
}

/** How much was dropped. */
export interface DropCount {
  /** Segments of the chain. */
  readonly segments: number;
  /** Decisions, all those of the segments. */
  readonly decisions: number;
  /** Refused tokens. */
  readonly refusals: number;
}

/**
 * What was decided and what was refused. Records are never changed. They go in two ways alone: by their age, and what
 * is personal in them by an erasure; either leaves a chain that can be verified. Nothing goes with a deleted workspace.
 * Whoever lists for one made again under the same id leaves its predecessor's records out with `from`.
 *
 * Each workspace has a hash chain for each writer, which is one open storage: each append is a segment of it.
 */
export interface DecisionLog {
  /**
   * Writes decisions, all or none; those of one workspace are one segment of its chain. Resolves only when they would
   * survive a crash of the process. The workspace need not exist: the log outlives it. At most 512 at once.
   *
   * @throws StorageError with code `ALREADY_EXISTS` when one of the ids is already in the log.
   * @throws TypeError for more than 512 records, or one without `personal`.
   */
  append(records: readonly DecisionRecord[]): Promise<void>;

  /**
   * Writes refused tokens, all or none. They are not chained. The workspace need not exist.
   *
   * @throws StorageError with code `ALREADY_EXISTS` when one of the ids is already in the log.
   */
  appendRefusals(records: readonly TokenRefusalRecord[]): Promise<void>;

  /** Resolves to `undefined` when the workspace's log has no decision of that id. */
  find(workspaceId: string, decisionId: string): Promise<DecisionRecord | undefined>;

  /**
   * The workspace's decisions by time, the last one first; those of one millisecond by id, the greatest first. A cursor
   * names a place in that order and stays there: later pages neither repeat nor skip what the log held when the first
   * page was read, also when the record at that place is gone.
   */
  list(workspaceId: string, query: DecisionQuery): Promise<Page<DecisionRecord>>;

  /** The workspace's refused tokens, with the order and the cursor promise of {@link DecisionLog.list}. */
  listRefusals(workspaceId: string, query: RefusalQuery): Promise<Page<TokenRefusalRecord>>;

  /**
   * Counts what was recorded within a span of time.
   *
   * @throws TypeError when the query breaks a rule of {@link StatisticsQuery}.
   */
  statistics(workspaceId: string, query: StatisticsQuery): Promise<DecisionStatistics>;

  /**
   * The ids of workspaces that have anything in the log, the record of an erasure too, whether they still exist or
   * not, ordered by id.
   */
  listWorkspaces(page: PageRequest): Promise<Page<string>>;

  /**
   * Takes the personal fields of a subject out of the workspace's log, and appends records to the chain that say for
   * which decisions. What is appended meanwhile may stay.
   */
  eraseSubject(workspaceId: string, erasure: SubjectErasure): Promise<ErasureCount>;

  /**
   * Drops what is older than `before`: refused tokens one by one, decisions in whole segments from the start of each
   * chain, as long as all of a segment is older. What stays can still be verified.
   */
  dropBefore(workspaceId: string, before: Date): Promise<DropCount>;

  /** The head of each of the workspace's chains, ordered by writer: to be kept elsewhere and given to `verify`. */
  checkpoint(workspaceId: string): Promise<readonly ChainHead[]>;

  /**
   * Reads all of the workspace's chains and says whether they are whole. Memory stays constant.
   *
   * @param expected - Heads from an earlier {@link DecisionLog.checkpoint}: each must still be in its chain, or lie
   * within what was dropped.
   */
  verify(workspaceId: string, expected?: readonly ChainHead[]): Promise<ChainReport>;
}
