import type { ChainHead, ChainReport, Storage } from "@byot/storage";
import { expect } from "vitest";
import { expectIntact } from "../assertions/expect-intact.js";
import { decisionRecord } from "../samples/sample-log-records.js";
import type { CaseTable } from "../storage-case.js";

const inventedHash = "0".repeat(64);

/** What `DecisionLog.verify` promises when it is given heads from an earlier checkpoint. */
export const earlierHeadCases: CaseTable = {
  "verify accepts every earlier checkpoint": async ({ storage }) => {
    const earlier: ChainHead[] = [];
    for (const n of [1, 2, 3]) {
      await storage.decisionLog.append([decisionRecord(n)]);
      earlier.push(...(await storage.decisionLog.checkpoint("acme")));
    }
    await storage.decisionLog.append([decisionRecord(4)]);
    await expectIntact(storage, { segments: 4 }, []);
    await expectIntact(storage, { segments: 4 }, earlier);
  },
  "verify misses the tail of a chain that ends before an expected head": async ({ storage }) => {
    const head = await chainOfTwo(storage);
    const expected = { ...head, sequence: 3, hash: inventedHash };
    expectProblem(await storage.decisionLog.verify("acme", [expected]), "tail_missing", expected);
  },
  "verify misses a chain that was expected and is not there": async ({ storage }) => {
    await chainOfTwo(storage);
    const expected = { writerId: "never-was", sequence: 1, hash: inventedHash };
    expectProblem(await storage.decisionLog.verify("acme", [expected]), "chain_missing", expected);
    const nowhere = await storage.decisionLog.verify("globex", [expected]);
    expectProblem(nowhere, "chain_missing", expected);
  },
  "verify misses the chain of one workspace in another one": async ({ storage }) => {
    const head = await chainOfTwo(storage);
    await storage.decisionLog.append([decisionRecord(9, { workspaceId: "globex" })]);
    const report = await storage.decisionLog.verify("globex", [head]);
    expect(report.intact).toBe(false);
    expect(report.problemCount).toBeGreaterThan(0);
  },
  "verify finds an expected head whose hash is another one": async ({ storage }) => {
    const head = await chainOfTwo(storage);
    for (const sequence of [1, 2]) {
      const expected = { ...head, sequence, hash: inventedHash };
      const report = await storage.decisionLog.verify("acme", [expected]);
      expect(report.intact).toBe(false);
      expect(report.problems).toContainEqual(
        expect.objectContaining({ writerId: head.writerId, sequence }),
      );
    }
  },
  "verify counts each head that is missing, and names the first hundred": async ({ storage }) => {
    await chainOfTwo(storage);
    const expected = Array.from({ length: 150 }, (_, n) => ({
      writerId: `never-was-${n}`,
      sequence: 1,
      hash: inventedHash,
    }));
    const report = await storage.decisionLog.verify("acme", expected);
    expect(report).toMatchObject({ intact: false, problemCount: 150 });
    expect(report.problems).toHaveLength(100);
  },
};

async function chainOfTwo(storage: Storage): Promise<ChainHead> {
  await storage.decisionLog.append([decisionRecord(1)]);
  await storage.decisionLog.append([decisionRecord(2)]);
  const [head] = await storage.decisionLog.checkpoint("acme");
  if (head === undefined) {
    throw new TypeError("two appends have left no chain");
  }
  return head;
}

function expectProblem(
  report: ChainReport,
  kind: "tail_missing" | "chain_missing",
  { writerId }: ChainHead,
): void {
  expect(report).toMatchObject({ intact: false, problemCount: 1, problems: [{ kind, writerId }] });
}
