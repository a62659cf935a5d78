import type { ChainHead } from "./chain.js";
import type { ChainReader, StoredChain } from "./chain-reader.js";
import { readable } from "./readable.js";

/** The places that each chain has to pass, by the chain's writer. */
export type KnownHeads = ReadonlyMap<string, readonly ChainHead[]>;

/** What is known of the chains: the heads that first segments of other chains have bound, and those from outside. */
export async function knownHeads(
  reader: ChainReader,
  chains: readonly StoredChain[],
  expected: readonly ChainHead[],
): Promise<KnownHeads> {
  const heads = new Map<string, ChainHead[]>();
  for (const head of expected) {
    addHead(heads, head);
  }
  for (const { writerId } of chains) {
    // oxlint-disable-next-line no-await-in-loop -- one read at a time in one snapshot of a database
    const [first] = (await readable(reader.segments(writerId, 0, 1))) ?? [];
    for (const head of headsIn(first?.boundHeads)) {
      addHead(heads, head);
    }
  }
  return heads;
}

function addHead(heads: Map<string, ChainHead[]>, head: ChainHead): void {
  const ofWriter = heads.get(head.writerId);
  if (ofWriter === undefined) {
    heads.set(head.writerId, [head]);
  } else {
    ofWriter.push(head);
  }
}

/** The heads in a value that somebody may have tampered with; the segment's hash tells of what is left out here. */
function headsIn(bound: unknown): readonly ChainHead[] {
  return Array.isArray(bound) ? bound.filter(isHead) : [];
}

function isHead(value: unknown): value is ChainHead {
  return (
    typeof value === "object" &&
    value !== null &&
    "writerId" in value &&
    typeof value.writerId === "string" &&
    "sequence" in value &&
    typeof value.sequence === "number" &&
    "hash" in value &&
    typeof value.hash === "string"
  );
}
