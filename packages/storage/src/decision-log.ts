import type { ConditionError, DeterminingRule } from "@byot/policy-engine";
import type { Page, PageRequest } from "./page.js";

/** One decision, as it was answered. It never holds the token or any part of it. */
export interface DecisionRecord {
  /** A UUIDv7, unique over all workspaces. */
  readonly decisionId: string;
  /** The workspace that was asked. */
  readonly workspaceId: string;
  /** When it was decided. */
  readonly at: Date;
  /** The revision of the workspace it was decided on. */
  readonly revision: number;
  /** The request that asked, as echoed in `X-Request-Id`. */
  readonly requestId: string;
  /** The provider's canonical issuer. */
  readonly issuer: string;
  /** The token's `sub`. */
  readonly subject: string;
  /** The id of the provider that vouched for the token. */
  readonly providerId: string;
  /** The resource asked for. */
  readonly resource: string;
  /** The action asked for. */
  readonly action: string;
  /** The answer. */
  readonly decision: "Allow" | "Deny";
  /** Why, as a stable code. */
  readonly reason: string;
  /** The rules that decided; empty when none did. */
  readonly determining: readonly DeterminingRule[];
  /** Conditions that could not be evaluated. */
  readonly errors: readonly ConditionError[];
  /** How long it took from the token to the decision, in microseconds. */
  readonly durationMicros: number;
}

/** One token that was refused before anything could be decided. */
export interface TokenRefusalRecord {
  /** A UUIDv7, unique over all workspaces. */
  readonly refusalId: string;
  /** The workspace that was asked. */
  readonly workspaceId: string;
  /** When it was refused. */
  readonly at: Date;
  /** The request that asked, as echoed in `X-Request-Id`. */
  readonly requestId: string;
  /** The refusal code, such as `token_expired`. */
  readonly code: string;
  /** What the token says of its issuer; nothing has proven it. Absent when it could not be read. */
  readonly unverifiedIssuer?: string;
  /** The resource asked for. */
  readonly resource: string;
  /** The action asked for. */
  readonly action: string;
}

/** Which decisions are wanted; an absent field matches everything. */
export interface DecisionQuery extends PageRequest {
  /** Only this answer. */
  readonly decision?: "Allow" | "Deny";
  /** Only this subject. */
  readonly subject?: string;
  /** Only this resource. */
  readonly resource?: string;
  /** Only this action. */
  readonly action?: string;
  /** Only what was recorded at this time or later, to the millisecond. */
  readonly from?: Date;
}

/** Which refused tokens are wanted; an absent field matches everything. */
export interface RefusalQuery extends PageRequest {
  /** Only what was recorded at this time or later, to the millisecond. */
  readonly from?: Date;
}

/**
 * What was decided and what was refused. Append-only: nothing here is ever changed, and nothing goes with a deleted
 * workspace. Whoever lists for one made again under the same id leaves its predecessor's records out with `from`.
 */
export interface DecisionLog {
  /**
   * Writes decisions, all or none, in their order. Resolves only when they would survive a crash of the process.
   * The workspace need not exist: the log outlives it.
   *
   * @throws StorageError with code `ALREADY_EXISTS` when one of the ids is already in the log.
   */
  append(records: readonly DecisionRecord[]): Promise<void>;

  /**
   * Writes refused tokens, all or none, in their order. The workspace need not exist.
   *
   * @throws StorageError with code `ALREADY_EXISTS` when one of the ids is already in the log.
   */
  appendRefusals(records: readonly TokenRefusalRecord[]): Promise<void>;

  /** Resolves to `undefined` when the workspace's log has no decision of that id. */
  find(workspaceId: string, decisionId: string): Promise<DecisionRecord | undefined>;

  /**
   * The workspace's decisions in the reverse order of their appending, the last one first. A cursor stays where it
   * is while records arrive: later pages neither repeat nor skip a record.
   */
  list(workspaceId: string, query: DecisionQuery): Promise<Page<DecisionRecord>>;

  /** The workspace's refused tokens, with the order and the cursor promise of {@link DecisionLog.list}. */
  listRefusals(workspaceId: string, query: RefusalQuery): Promise<Page<TokenRefusalRecord>>;
}
