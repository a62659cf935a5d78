import { hashSegment } from "./canonical.js";
import type { ChainSegment } from "./chain-segment.js";
import { isHashOf, type ChainPlace, type ChainWalk } from "./chain-walk.js";
import type { ChainProblem } from "./chain.js";
import { judgePersonal } from "./judge-personal.js";
import { judgeSegment } from "./judge-segment.js";
import { readContents, type SegmentContents } from "./segment-contents.js";

/** A segment and its neighbours. */
export interface LinkedSegment {
  /** The segment. */
  readonly segment: ChainSegment;
  /** What is before it. */
  readonly previous: ChainPlace;
  /** What the next place says of the segment's hash; `undefined` when there is none, or a hole before it. */
  readonly nextSays: string | null | undefined;
}

/** Reports what is wrong with one segment, the way it is linked, and what is in it. Resolves to its place. */
export async function checkSegment(link: LinkedSegment, walk: ChainWalk): Promise<ChainPlace> {
  const { segment, previous } = link;
  const contents = await readContents(walk.reader, segment);
  await walk.pause();
  const computedHash = contents === undefined ? null : hashOf(segment, contents, walk);
  const problems = [
    ...linkProblems(segment, previous),
    ...contentProblems({ ...link, contents, computedHash }, walk),
  ];
  for (const problem of withoutRepeats(problems)) {
    walk.findings.report(problem);
  }
  walk.totals.segments += 1;
  await checkPersonal(segment, contents, walk);
  return { sequence: segment.sequence, hash: segment.hash, computedHash };
}

function hashOf(
  segment: ChainSegment,
  { texts }: SegmentContents,
  { hash }: ChainWalk,
): string | null {
  try {
    return hashSegment(segment, texts, hash);
  } catch {
    // What has no canonical text, such as values nested without end, was never sealed.
    return null;
  }
}

function linkProblems(segment: ChainSegment, previous: ChainPlace): readonly ChainProblem[] {
  const { writerId, sequence } = segment;
  const expected = previous.sequence + 1;
  if (sequence > expected) {
    return [{ kind: "segment_missing", writerId, sequence: expected }];
  }
  const follows = sequence === expected && isHashOf(previous, segment.previousHash);
  return follows ? [] : [{ kind: "segment_changed", writerId, sequence }];
}

interface ReadSegment extends LinkedSegment {
  readonly contents: SegmentContents | undefined;
  readonly computedHash: string | null;
}

function contentProblems(
  { contents, computedHash, ...link }: ReadSegment,
  { hash }: ChainWalk,
): readonly ChainProblem[] {
  const { writerId, sequence } = link.segment;
  if (contents === undefined) {
    return [{ kind: "record_changed", writerId, sequence }];
  }
  if (computedHash === null) {
    return [{ kind: "segment_changed", writerId, sequence }];
  }
  const verdict = judgeSegment({ ...link, contents, computedHash }, hash);
  return verdict === undefined ? [] : [{ ...verdict, writerId, sequence }];
}

function withoutRepeats(problems: readonly ChainProblem[]): readonly ChainProblem[] {
  return [...new Map(problems.map((problem) => [problem.kind, problem])).values()];
}

const decisionsAtOnce = 64;

async function checkPersonal(
  { writerId, sequence, count, content }: ChainSegment,
  contents: SegmentContents | undefined,
  { hash, pause, findings, totals }: ChainWalk,
): Promise<void> {
  if (contents === undefined) {
    // Reported already; without counting them, they would be reported once more as belonging to no segment.
    totals.decisions += content === "decisions" ? count : 0;
    return;
  }
  totals.decisions += contents.decisions.length;
  for (const [index, stored] of contents.decisions.entries()) {
    if (index % decisionsAtOnce === 0) {
      // oxlint-disable-next-line no-await-in-loop -- one stretch after the other
      await pause();
    }
    const verdict = judgePersonal(stored, hash);
    if (verdict === "erased") {
      totals.erased += 1;
    } else if (verdict !== "sealed") {
      const { decisionId } = stored.decision;
      findings.report({ kind: verdict, writerId, sequence, decisionId });
    }
  }
}
