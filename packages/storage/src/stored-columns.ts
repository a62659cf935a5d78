import type { ChainHead } from "./audit-chain/chain.js";
import type { ChainSegment, ImpersonalDecision } from "./audit-chain/chain-segment.js";
import type { PersonalFields, TokenRefusalRecord } from "./decision-record.js";
import { readStoredList, tryReadStoredList } from "./stored-json.js";

/** The columns of a decision that are not personal: lists are JSON. */
export type DecisionColumns = Omit<ImpersonalDecision, "determining" | "errors"> & {
  readonly determining: string;
  readonly errors: string;
};

/** The columns of a decision that are personal: a list is JSON, and what is absent is null. */
export interface PersonalColumns {
  /** As in {@link PersonalFields}. */
  readonly subject: string;
  /** As in {@link PersonalFields}. */
  readonly tokenIdHash: string | null;
  /** As in {@link PersonalFields}. */
  readonly clientIp: string | null;
  /** As in {@link PersonalFields}. */
  readonly attributes: string;
}

type OptionalOfRefusal = "unverifiedIssuer" | "providerId" | "subject";

/** The columns of refused tokens: what is absent is null. */
export type RefusalColumns = Omit<TokenRefusalRecord, OptionalOfRefusal> & {
  readonly [Name in OptionalOfRefusal]: string | null;
};

/** The columns of a segment: its bound heads are JSON. */
export type SegmentColumns = Omit<ChainSegment, "boundHeads"> & { readonly boundHeads: string };

/**
 * What a row says that is not personal. The row may have more columns.
 *
 * @throws StorageError with code `CORRUPT` when a list in it cannot be read.
 */
export function impersonalOf(row: DecisionColumns): ImpersonalDecision {
  return {
    decisionId: row.decisionId,
    workspaceId: row.workspaceId,
    at: row.at,
    revision: row.revision,
    requestId: row.requestId,
    issuer: row.issuer,
    providerId: row.providerId,
    resource: row.resource,
    action: row.action,
    decision: row.decision,
    reason: row.reason,
    determining: readStoredList(row.determining),
    errors: readStoredList(row.errors),
    durationMicros: row.durationMicros,
  };
}

/**
 * What a row says that is personal. The row may have more columns.
 *
 * @throws StorageError with code `CORRUPT` when a list in it cannot be read.
 */
export function personalOf(row: PersonalColumns): PersonalFields {
  const { subject, tokenIdHash, clientIp, attributes } = row;
  return {
    subject,
    ...(tokenIdHash !== null && { tokenIdHash }),
    ...(clientIp !== null && { clientIp }),
    attributes: readStoredList(attributes),
  };
}

/** The record of a row, which has no more columns. */
export function refusalOf(row: RefusalColumns): TokenRefusalRecord {
  const { unverifiedIssuer, providerId, subject, ...record } = row;
  return {
    ...record,
    ...(unverifiedIssuer !== null && { unverifiedIssuer }),
    ...(providerId !== null && { providerId }),
    ...(subject !== null && { subject }),
  };
}

/** In the place of the hash of a segment that cannot be read: no segment has it. */
const unreadable = "unreadable";

/**
 * The segment of a row, which has no more columns. One whose bound heads cannot be read gets a hash that is nobody's:
 * it counts as changed, and the verification of its chain goes on.
 */
export function segmentOf({ boundHeads, ...row }: SegmentColumns): ChainSegment {
  const heads = tryReadStoredList<ChainHead>(boundHeads);
  return { ...row, ...(heads === undefined && { hash: unreadable }), boundHeads: heads ?? [] };
}
