import type { DecisionRecord } from "../decision-record.js";
import { canonicalDecision, canonicalErasure, hashPersonal, hashSegment } from "./canonical.js";
import type { ChainHead } from "./chain.js";
import type { ChainSegment, ErasureRecord, SealedDecision, TextHash } from "./chain-segment.js";
import { segmentExtent, type SegmentEntry, type SegmentExtent } from "./segment-extent.js";

/** What a chain is made with. */
export interface ChainWriterParts {
  /** Makes the id of a writer, unique over all storages of this database. */
  readonly createWriterId: () => string;
  /** Makes 32 random bytes, in lower-case hexadecimal. */
  readonly createSalt: () => string;
  /** SHA-256. */
  readonly hash: TextHash;
}

/** The decisions of one workspace, sealed. */
export interface SealedDecisions {
  /** The link they make. */
  readonly segment: ChainSegment;
  /** The decisions, in their order. */
  readonly decisions: readonly SealedDecision[];
}

/**
 * Makes the segments of one open storage. Only one transaction at a time may be under way between `seal…` and
 * `committed` or `restart`, and at most one segment per workspace in it.
 */
export interface ChainWriter {
  /** Whether the next segment of the workspace is this writer's first, which binds the unbound heads of the others. */
  isFirst(workspaceId: string): boolean;
  /**
   * Seals decisions of one workspace.
   *
   * @param unbound - The unbound heads, when {@link ChainWriter.isFirst}; else empty.
   */
  sealDecisions(
    workspaceId: string,
    records: readonly DecisionRecord[],
    unbound: readonly ChainHead[],
  ): SealedDecisions;
  /** Seals one part of an erasure. */
  sealErasure(
    workspaceId: string,
    erasure: ErasureRecord,
    unbound: readonly ChainHead[],
  ): ChainSegment;
  /** Goes on from these segments: they are durable. */
  committed(segments: readonly ChainSegment[]): void;
  /**
   * Begins new chains under a new id. After a failed transaction nobody can tell whether it was committed, and going on
   * from a guess would fork the chain.
   */
  restart(): void;
}

/** Makes the chain writer of one open storage. */
export function createChainWriter(parts: ChainWriterParts): ChainWriter {
  const heads = new Map<string, ChainHead>();
  let writerId = parts.createWriterId();

  function link(workspaceId: string, unbound: readonly ChainHead[]): Link {
    const previous = heads.get(workspaceId);
    return {
      workspaceId,
      writerId,
      sequence: (previous?.sequence ?? 0) + 1,
      previousHash: previous?.hash ?? null,
      boundHeads: previous === undefined ? unbound : [],
    };
  }

  return {
    isFirst: (workspaceId) => !heads.has(workspaceId),
    sealDecisions: (workspaceId, records, unbound) =>
      sealAll(link(workspaceId, unbound), records, parts),
    sealErasure: (workspaceId, erasure, unbound) =>
      sealErasure(link(workspaceId, unbound), erasure, parts.hash),
    committed(segments) {
      for (const { workspaceId, sequence, hash } of segments) {
        heads.set(workspaceId, { writerId, sequence, hash });
      }
    },
    restart() {
      heads.clear();
      writerId = parts.createWriterId();
    },
  };
}

/** What ties a segment to the chain. */
type Link = Pick<
  ChainSegment,
  "workspaceId" | "writerId" | "sequence" | "previousHash" | "boundHeads"
>;

function sealAll(
  link: Link,
  records: readonly DecisionRecord[],
  parts: ChainWriterParts,
): SealedDecisions {
  const decisions = records.map((record, position) => sealDecision(record, position, parts));
  const extent = extentOf(
    decisions.map(({ decision }) => ({ id: decision.decisionId, at: decision.at })),
  );
  const segment = { ...link, content: "decisions", ...extent } as const;
  const contents = decisions.map(({ decision, personalHash }) =>
    canonicalDecision(decision, personalHash),
  );
  return {
    segment: { ...segment, hash: hashSegment(segment, contents, parts.hash) },
    decisions,
  };
}

function sealErasure(link: Link, erasure: ErasureRecord, hash: TextHash): ChainSegment {
  const extent = extentOf(erasure.decisionIds.map((id) => ({ id, at: erasure.at })));
  const segment = { ...link, content: "erasure", ...extent } as const;
  return { ...segment, hash: hashSegment(segment, [canonicalErasure(erasure)], hash) };
}

function sealDecision(
  record: DecisionRecord,
  position: number,
  { createSalt, hash }: ChainWriterParts,
): SealedDecision {
  const { personal, ...decision } = record;
  if (personal === undefined) {
    throw new TypeError(`decision \`${record.decisionId}\` comes without its personal fields`);
  }
  const salt = createSalt();
  return {
    decision,
    position,
    personalHash: hashPersonal(personal, salt, hash),
    salt,
    personal,
  };
}

function extentOf(entries: readonly SegmentEntry[]): SegmentExtent {
  const extent = segmentExtent(entries);
  if (extent === undefined) {
    throw new TypeError("a segment cannot be empty");
  }
  return extent;
}
