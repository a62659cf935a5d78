import type { ChainProblem } from "./chain.js";

const mostProblemsKept = 100;

/** What was found while chains were read. */
export interface ChainFindings {
  /** Adds a problem. */
  report(problem: ChainProblem): void;
  /** How many were added. */
  count(): number;
  /** The first 100 of them. */
  readonly problems: readonly ChainProblem[];
}

/** Makes findings without any. */
export function createChainFindings(): ChainFindings {
  const problems: ChainProblem[] = [];
  let count = 0;
  return {
    report(problem) {
      count += 1;
      if (problems.length < mostProblemsKept) {
        problems.push(problem);
      }
    },
    count: () => count,
    problems,
  };
}
