import { createHash } from "node:crypto";
import {
  createChainWriter,
  largestAppend,
  type ChainHead,
  type ChainReader,
  type ChainSegment,
  type ChainWriter,
  type DecisionRecord,
  type ErasureRecord,
  type StoredChain,
  type StoredDecision,
} from "@byot/storage";

/** A row that can be tampered with. */
export type Row<Type> = { -readonly [Member in keyof Type]: Type[Member] };

/** Where a row belongs. */
interface SegmentKey {
  writerId: string;
  sequence: number;
}

export type DecisionRow = SegmentKey & Row<Omit<StoredDecision, "isErased">>;
export type ErasureRow = SegmentKey & { record: Row<ErasureRecord> };

/** The tables of one workspace's log. */
export interface ChainTables {
  chains: Row<StoredChain>[];
  segments: Row<ChainSegment>[];
  decisions: DecisionRow[];
  erasures: ErasureRow[];
}

/** The least adapter that can hold chains. */
export interface ChainStore {
  readonly tables: ChainTables;
  append(records: readonly DecisionRecord[]): void;
  erase(decisionIds: readonly string[]): void;
  /** Drops the first segments of a chain. */
  drop(writerId: string, count: number): void;
  /** Goes on as another writer. */
  restart(): void;
  heads(): readonly ChainHead[];
}

const workspaceId = "acme";

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** A writer whose ids are `writer-1`, `writer-2` …, and whose salts are counted too. */
export function countingWriter(hash: (text: string) => string = sha256): ChainWriter {
  let writers = 0;
  let salts = 0;
  return createChainWriter({
    createWriterId() {
      writers += 1;
      return `writer-${writers}`;
    },
    createSalt() {
      salts += 1;
      return sha256(`salt ${salts}`);
    },
    hash,
  });
}

export function createChainStore(): ChainStore {
  const tables: ChainTables = { chains: [], segments: [], decisions: [], erasures: [] };
  const writer = countingWriter();
  const bound = new Set<string>();

  function unbound(): readonly ChainHead[] {
    const heads = writer.isFirst(workspaceId)
      ? headsOf(tables).filter(({ writerId }) => !bound.has(writerId))
      : [];
    heads.forEach(({ writerId }) => bound.add(writerId));
    return heads;
  }

  function add(segment: ChainSegment): void {
    tables.segments.push({ ...segment });
    const head = { headSequence: segment.sequence, headHash: segment.hash };
    const chain = tables.chains.find(({ writerId }) => writerId === segment.writerId);
    if (chain === undefined) {
      const { writerId } = segment;
      tables.chains.push({ writerId, ...head, droppedSequence: 0, droppedHash: null });
    } else {
      Object.assign(chain, head);
    }
    writer.committed([segment]);
  }

  return {
    tables,
    append(records) {
      const { segment, decisions } = writer.sealDecisions(workspaceId, records, unbound());
      const { writerId, sequence } = segment;
      for (const { decision, position, personalHash, salt, personal } of decisions) {
        const fields = { salt, fields: personal };
        tables.decisions.push({
          writerId,
          sequence,
          decision,
          position,
          personalHash,
          personal: fields,
        });
      }
      add(segment);
    },
    erase(decisionIds) {
      const record: ErasureRecord = {
        erasureId: "erasure-1",
        at: new Date("2026-04-01T00:00:00Z"),
        by: { kind: "api_key", id: "byot_root" },
        decisionIds: decisionIds.toSorted(),
      };
      const segment = writer.sealErasure(workspaceId, record, unbound());
      const { writerId, sequence } = segment;
      tables.erasures.push({ writerId, sequence, record });
      for (const row of tables.decisions) {
        if (decisionIds.includes(row.decision.decisionId)) {
          delete row.personal;
        }
      }
      add(segment);
    },
    drop(writerId, count) {
      const dropped = tables.segments
        .filter((segment) => segment.writerId === writerId)
        .slice(0, count);
      const last = dropped.at(-1);
      const chain = tables.chains.find((each) => each.writerId === writerId);
      if (chain !== undefined && last !== undefined) {
        chain.droppedSequence = last.sequence;
        chain.droppedHash = last.hash;
      }
      const isKept = (row: SegmentKey): boolean =>
        row.writerId !== writerId || row.sequence > (last?.sequence ?? 0);
      tables.segments = tables.segments.filter(isKept);
      tables.decisions = tables.decisions.filter(isKept);
      tables.erasures = tables.erasures.filter(isKept);
    },
    restart: () => writer.restart(),
    heads: () => headsOf(tables),
  };
}

function headsOf({ chains }: ChainTables): readonly ChainHead[] {
  return chains.map(({ writerId, headSequence, headHash }) => ({
    writerId,
    sequence: headSequence,
    hash: headHash,
  }));
}

/** Reads the tables as they are, tampered with or not. */
export function readerOf(tables: ChainTables): ChainReader {
  const { chains, segments, decisions, erasures } = tables;

  function isErased(decisionId: string): boolean {
    return erasures.some(
      ({ writerId, sequence, record }) =>
        record.decisionIds.includes(decisionId) &&
        chains.some((chain) => chain.writerId === writerId) &&
        segments.some(
          (segment) =>
            segment.writerId === writerId &&
            segment.sequence === sequence &&
            segment.content === "erasure",
        ),
    );
  }

  return {
    chains: async () => chains,
    segments: async (writerId, sequence, limit) =>
      segments
        .filter((segment) => segment.writerId === writerId && segment.sequence > sequence)
        .toSorted((left, right) => left.sequence - right.sequence)
        .slice(0, limit),
    decisions: async ({ writerId, sequence }) =>
      decisions
        .filter((row) => row.writerId === writerId && row.sequence === sequence)
        .toSorted((left, right) => left.position - right.position)
        .slice(0, largestAppend + 1)
        .map((row) => ({ ...row, isErased: isErased(row.decision.decisionId) })),
    erasure: async ({ writerId, sequence }) =>
      erasures.find((row) => row.writerId === writerId && row.sequence === sequence)?.record,
    countDecisions: async () => decisions.length,
  };
}
