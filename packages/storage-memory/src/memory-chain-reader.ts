import type { ChainReader, StoredDecision } from "@byot/storage";
import type { MemoryDecision, MemoryWorkspaceLog } from "./memory-workspace-log.js";

/** Reads the chain of a workspace as it is now, whatever is written while it is read. */
export function createMemoryChainReader(log: MemoryWorkspaceLog): ChainReader {
  const { chain } = log;
  const segments = [...log.segments];
  const erasures = new Map(log.erasures);
  const erasedIds = new Set([...erasures.values()].flatMap(({ decisionIds }) => decisionIds));
  const bySequence = decisionsBySequence(log.decisions.backwards(undefined));
  const count = log.decisions.size();
  return {
    chains: async () => (chain === undefined ? [] : [chain]),
    segments: async (writerId, sequence, limit) =>
      segments
        .filter((segment) => segment.writerId === writerId && segment.sequence > sequence)
        .slice(0, limit),
    decisions: async ({ sequence }) =>
      (bySequence.get(sequence) ?? [])
        .toSorted((left, right) => left.position - right.position)
        .map((stored) => storedDecision(stored, erasedIds)),
    erasure: async ({ sequence }) => erasures.get(sequence),
    countDecisions: async () => count,
  };
}

function decisionsBySequence(
  decisions: Iterable<MemoryDecision>,
): ReadonlyMap<number, readonly MemoryDecision[]> {
  const groups = new Map<number, MemoryDecision[]>();
  for (const decision of decisions) {
    const group = groups.get(decision.sequence);
    if (group === undefined) {
      groups.set(decision.sequence, [decision]);
    } else {
      group.push(decision);
    }
  }
  return groups;
}

function storedDecision(
  { decision, position, personalHash, personal }: MemoryDecision,
  erasedIds: ReadonlySet<string>,
): StoredDecision {
  return {
    decision,
    position,
    personalHash,
    ...(personal === undefined ? {} : { personal }),
    isErased: erasedIds.has(decision.decisionId),
  };
}
