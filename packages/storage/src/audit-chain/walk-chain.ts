import type { StoredChain } from "./chain-reader.js";
import type { ChainSegment } from "./chain-segment.js";
import { isHashOf, type ChainPlace, type ChainWalk } from "./chain-walk.js";
import type { ChainHead } from "./chain.js";
import { checkSegment } from "./check-segment.js";
import { readable } from "./readable.js";

const segmentsAtOnce = 100;

/**
 * Reads one chain from its start to its end, and reports what is wrong with it.
 *
 * @param known - The places it has to pass.
 * @returns Where it ends.
 */
export async function walkChain(
  chain: StoredChain,
  known: readonly ChainHead[],
  walk: ChainWalk,
): Promise<ChainPlace> {
  const start = startOf(chain);
  let place = start;
  let current: ChainSegment | undefined;
  checkKnownAt(place, known, walk);
  for await (const next of segmentsOf(chain, walk)) {
    if (current !== undefined) {
      const isNext = next.sequence === current.sequence + 1;
      const nextSays = isNext ? next.previousHash : undefined;
      place = await checkSegment({ segment: current, previous: place, nextSays }, walk);
      checkKnownAt(place, known, walk);
    }
    current = next;
  }
  if (current !== undefined) {
    const nextSays = chain.headSequence === current.sequence ? chain.headHash : undefined;
    place = await checkSegment({ segment: current, previous: place, nextSays }, walk);
    checkKnownAt(place, known, walk);
  }
  checkEnd({ chain, known, end: place }, walk);
  return place;
}

function startOf({ droppedSequence, droppedHash }: StoredChain): ChainPlace {
  return { sequence: droppedSequence, hash: droppedHash, computedHash: droppedHash };
}

/** All segments that are stored, those before the start of the chain too: there must not be any. */
async function* segmentsOf(
  { writerId }: StoredChain,
  { reader, findings }: ChainWalk,
): AsyncGenerator<ChainSegment, void, undefined> {
  let sequence = 0;
  let before: number;
  let segments: readonly ChainSegment[] | undefined;
  do {
    before = sequence;
    // oxlint-disable-next-line no-await-in-loop -- the next page starts where this one ends
    segments = await readable(reader.segments(writerId, sequence, segmentsAtOnce));
    yield* segments ?? [];
    sequence = segments?.at(-1)?.sequence ?? sequence;
  } while (segments?.length === segmentsAtOnce && sequence > before);
  if (segments === undefined) {
    findings.report({ kind: "segment_changed", writerId, sequence: sequence + 1 });
  }
}

function checkKnownAt(
  place: ChainPlace,
  known: readonly ChainHead[],
  { findings }: ChainWalk,
): void {
  for (const { writerId, sequence, hash } of known) {
    if (sequence === place.sequence && !isHashOf(place, hash)) {
      findings.report({ kind: "segment_changed", writerId, sequence });
    }
  }
}

interface ChainEnd {
  readonly chain: StoredChain;
  readonly known: readonly ChainHead[];
  readonly end: ChainPlace;
}

function checkEnd({ chain, known, end }: ChainEnd, { findings }: ChainWalk): void {
  const { writerId, headSequence, headHash } = chain;
  if (
    [chain.headSequence, ...known.map(({ sequence }) => sequence)].some(
      (head) => head > end.sequence,
    )
  ) {
    findings.report({ kind: "tail_missing", writerId, sequence: end.sequence + 1 });
  } else if (headSequence !== end.sequence || !isHashOf(end, headHash)) {
    findings.report({ kind: "segment_changed", writerId, sequence: end.sequence });
  }
  for (const { sequence } of known) {
    if (!Number.isSafeInteger(sequence) || sequence < 1) {
      findings.report({ kind: "segment_missing", writerId, sequence });
    }
  }
}
