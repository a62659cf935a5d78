import { createChainFindings, type ChainFindings } from "./chain-findings.js";
import type { ChainReader } from "./chain-reader.js";
import type { TextHash } from "./chain-segment.js";
import type { ChainTotals } from "./chain-walk.js";
import type { ChainHead, ChainReport } from "./chain.js";
import { knownHeads, type KnownHeads } from "./known-heads.js";
import { walkChain } from "./walk-chain.js";

/** What verification is made with. */
export interface VerifyParts {
  /** SHA-256. */
  readonly hash: TextHash;
  /** Heads from outside the database that have to be in their chains. @defaultValue none */
  readonly expected?: readonly ChainHead[];
  /**
   * Waited for between two stretches of work, of 64 decisions at most: where the thread has other things to do, it lets
   * them have their turn. @defaultValue goes on at once
   */
  readonly pause?: () => Promise<void>;
}

const goOn = (): Promise<void> => Promise.resolve();

/**
 * Reads all chains of a workspace, one segment at a time, and says whether they are whole. What was tampered with is a
 * problem in the report, never an error: whatever the reader rejects with code `CORRUPT` is one too.
 *
 * @throws StorageError when the reader rejects with any other code.
 */
export async function verifyChain(
  reader: ChainReader,
  { hash, expected = [], pause = goOn }: VerifyParts,
): Promise<ChainReport> {
  const chains = await reader.chains();
  const known = await knownHeads(reader, chains, expected);
  const findings = createChainFindings();
  const totals: ChainTotals = { segments: 0, decisions: 0, erased: 0 };
  const heads: ChainHead[] = [];
  for (const chain of chains) {
    const ofChain = known.get(chain.writerId) ?? [];
    // oxlint-disable-next-line no-await-in-loop -- one chain at a time, so that memory stays constant
    const { sequence, hash: headHash } = await walkChain(chain, ofChain, {
      reader,
      hash,
      pause,
      findings,
      totals,
    });
    if (headHash !== null) {
      heads.push({ writerId: chain.writerId, sequence, hash: headHash });
    }
  }
  reportMissingChains(new Set(chains.map(({ writerId }) => writerId)), known, findings);
  const stored = await reader.countDecisions();
  if (stored !== totals.decisions) {
    const kind = stored > totals.decisions ? "record_added" : "record_missing";
    findings.report({ kind, writerId: "", sequence: 0 });
  }
  return {
    intact: findings.count() === 0,
    chains: chains.length,
    ...totals,
    problemCount: findings.count(),
    problems: findings.problems,
    heads,
  };
}

function reportMissingChains(
  found: ReadonlySet<string>,
  known: KnownHeads,
  findings: ChainFindings,
): void {
  for (const [writerId, heads] of known) {
    if (!found.has(writerId)) {
      const sequence = Math.max(...heads.map((head) => head.sequence));
      findings.report({ kind: "chain_missing", writerId, sequence });
    }
  }
}
