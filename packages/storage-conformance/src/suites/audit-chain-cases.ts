import { expect } from "vitest";
import { expectIntact } from "../assertions/expect-intact.js";
import { expectStorageError } from "../assertions/expect-refusal.js";
import { awkwardDecision } from "../samples/sample-awkward-decision.js";
import { decisionRecord, numbers, refusalRecord } from "../samples/sample-log-records.js";
import { variedDecisions } from "../samples/sample-varied-decisions.js";
import { casesOf, type CaseTable, type StorageCase } from "../storage-case.js";
import { earlierHeadCases } from "./earlier-head-cases.js";

const headCases: CaseTable = {
  "a workspace without decisions has no chain": async ({ storage }) => {
    await storage.decisionLog.append([]);
    await storage.decisionLog.append([decisionRecord(1, { workspaceId: "globex" })]);
    await storage.decisionLog.appendRefusals([refusalRecord(1)]);
    expect(await storage.decisionLog.checkpoint("acme")).toStrictEqual([]);
    expect(await storage.decisionLog.verify("acme")).toStrictEqual({
      intact: true,
      chains: 0,
      segments: 0,
      decisions: 0,
      erased: 0,
      problemCount: 0,
      problems: [],
      heads: [],
    });
  },
  "each append is one segment of the chain, whatever it holds": async ({ storage }) => {
    const hashes = new Set<string>();
    const writers = new Set<string>();
    for (const n of numbers(1, 5)) {
      await storage.decisionLog.append(
        numbers(1, n).map((within) => decisionRecord(10 * n + within)),
      );
      const [head, ...others] = await storage.decisionLog.checkpoint("acme");
      expect(head).toMatchObject({ sequence: n });
      expect(head?.hash).toMatch(/^[0-9a-f]{64}$/u);
      expect(others).toStrictEqual([]);
      hashes.add(head?.hash ?? "");
      writers.add(head?.writerId ?? "");
    }
    expect(hashes.size).toBe(5);
    expect(writers.size).toBe(1);
    await expectIntact(storage, { chains: 1, segments: 5, decisions: 15, erased: 0 });
  },
  "an append to several workspaces is one segment in each": async ({ storage }) => {
    await storage.decisionLog.append([decisionRecord(1)]);
    const before = await storage.decisionLog.checkpoint("acme");
    await storage.decisionLog.append([
      decisionRecord(2),
      decisionRecord(3, { workspaceId: "globex" }),
      decisionRecord(4),
    ]);
    const [acme] = await storage.decisionLog.checkpoint("acme");
    const [globex] = await storage.decisionLog.checkpoint("globex");
    expect(acme).toMatchObject({ writerId: before[0]?.writerId, sequence: 2 });
    expect(globex).toMatchObject({ sequence: 1 });
    await expectIntact(storage, { segments: 2, decisions: 3 });
    expect(await storage.decisionLog.verify("globex")).toMatchObject({
      intact: true,
      segments: 1,
      decisions: 1,
    });
  },
  "refused tokens and reading leave the chain as it is": async ({ storage }) => {
    await storage.decisionLog.append([decisionRecord(1)]);
    const before = await storage.decisionLog.checkpoint("acme");
    await storage.decisionLog.appendRefusals([refusalRecord(1)]);
    await storage.decisionLog.list("acme", { limit: 9 });
    await storage.decisionLog.verify("acme");
    expect(await storage.decisionLog.checkpoint("acme")).toStrictEqual(before);
  },
};

const verifyCases: CaseTable = {
  "verify counts chains, segments and decisions, and answers the heads": async ({ storage }) => {
    await storage.decisionLog.append(variedDecisions.slice(0, 20));
    await storage.decisionLog.append(variedDecisions.slice(20));
    await storage.decisionLog.append([decisionRecord(99, { workspaceId: "globex" })]);
    expect(await storage.decisionLog.verify("acme")).toStrictEqual({
      intact: true,
      chains: 1,
      segments: 2,
      decisions: variedDecisions.length,
      erased: 0,
      problemCount: 0,
      problems: [],
      heads: await storage.decisionLog.checkpoint("acme"),
    });
  },
  "a chain of whatever a record can hold is intact": async ({ storage }) => {
    const bare = decisionRecord(2, {
      determining: [],
      personal: { subject: "", attributes: [] },
    });
    await storage.decisionLog.append([awkwardDecision, bare]);
    await storage.decisionLog.append([decisionRecord(4), decisionRecord(3)]);
    await expectIntact(storage, { segments: 2, decisions: 4 });
  },
  "a chain with full segments is intact": async ({ storage }) => {
    for (const start of [0, 512, 1024]) {
      await storage.decisionLog.append(
        numbers(start + 1, start + 512).map((n) => decisionRecord(n)),
      );
    }
    await expectIntact(storage, { segments: 3, decisions: 1536 });
  },
  "concurrent appends give one intact chain with a segment for each": async ({ storage }) => {
    await Promise.all(
      numbers(1, 20).map((n) =>
        storage.decisionLog.append([
          decisionRecord(2 * n),
          decisionRecord(2 * n + 1),
          decisionRecord(1000 + n, { workspaceId: "globex" }),
        ]),
      ),
    );
    const report = await expectIntact(storage, { chains: 1, segments: 20, decisions: 40 });
    expect(report.heads).toMatchObject([{ sequence: 20 }]);
  },
  "a refused append leaves the chains intact, and others go on": async ({ storage }) => {
    await storage.decisionLog.append([decisionRecord(1)]);
    const before = await storage.decisionLog.checkpoint("acme");
    const refused = storage.decisionLog.append([decisionRecord(2), decisionRecord(1)]);
    await expectStorageError(refused, "ALREADY_EXISTS");
    await expectIntact(storage, { segments: 1, decisions: 1 }, before);
    await storage.decisionLog.append([decisionRecord(2), decisionRecord(3)]);
    await expectIntact(storage, { segments: 2, decisions: 3 }, before);
  },
  "appends that are refused beside others leave the chains intact": async ({ storage }) => {
    await storage.decisionLog.append([decisionRecord(1)]);
    const outcomes = await Promise.allSettled(
      numbers(2, 13).map((n) =>
        storage.decisionLog.append([decisionRecord(n), decisionRecord(n % 3 === 0 ? 1 : 100 + n)]),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(8);
    await expectIntact(storage, { segments: 9, decisions: 17 });
  },
};

/** What `DecisionLog` promises of its chains. */
export const auditChainCases: readonly StorageCase[] = casesOf("DecisionLog chains", {
  ...headCases,
  ...verifyCases,
  ...earlierHeadCases,
});
