import { expect } from "vitest";
import { expectIntact } from "../assertions/expect-intact.js";
import { expectStorageError } from "../assertions/expect-refusal.js";
import { erasureOf } from "../samples/sample-erasures.js";
import {
  decisionAbout,
  decisionRecord,
  recordId,
  recordTime,
  refusalRecord,
} from "../samples/sample-log-records.js";
import { appendSegments, idsOf } from "../samples/sample-segments.js";
import { casesOf, type CaseTable, type StorageCase } from "../storage-case.js";

const dropCases: CaseTable = {
  "dropping takes segments of which all is older, to the millisecond": async ({ storage }) => {
    await appendSegments(storage, [[1], [2, 3], [4, 5], [6]]);
    for (const [before, left, dropped] of [
      [1, [6, 5, 4, 3, 2, 1], { segments: 0, decisions: 0 }],
      [3, [6, 5, 4, 3, 2], { segments: 1, decisions: 1 }],
      [4, [6, 5, 4], { segments: 1, decisions: 2 }],
      [5, [6, 5, 4], { segments: 0, decisions: 0 }],
      [6, [6], { segments: 1, decisions: 2 }],
    ] as const) {
      const count = await storage.decisionLog.dropBefore("acme", recordTime(before));
      expect(count).toStrictEqual({ ...dropped, refusals: 0 });
      expect(await idsOf(storage)).toStrictEqual(left);
    }
  },
  "a segment that is old stays behind one that is not": async ({ storage }) => {
    await appendSegments(storage, [[1], [9, 2], [3], [4]]);
    const count = await storage.decisionLog.dropBefore("acme", recordTime(5));
    expect(count).toStrictEqual({ segments: 1, decisions: 1, refusals: 0 });
    expect(await idsOf(storage)).toStrictEqual([9, 4, 3, 2]);
    await expectIntact(storage, { segments: 3, decisions: 4 });
  },
  "what was dropped is found no more, and its ids are free": async ({ storage }) => {
    await appendSegments(storage, [[1], [2]]);
    await storage.decisionLog.dropBefore("acme", recordTime(2));
    expect(await storage.decisionLog.find("acme", recordId(1))).toBeUndefined();
    for (const filter of [{ subject: "ada" }, { policyId: "premium" }, { resource: "orders" }]) {
      const { items } = await storage.decisionLog.list("acme", { ...filter, limit: 9 });
      expect(items).toStrictEqual([decisionRecord(2)]);
    }
    await storage.decisionLog.append([decisionRecord(1, { at: recordTime(3) })]);
    await expectIntact(storage, { segments: 2, decisions: 2 });
  },
  "dropping takes refused tokens one by one": async ({ storage }) => {
    await storage.decisionLog.appendRefusals([3, 1, 2, 4].map((n) => refusalRecord(n)));
    await storage.decisionLog.appendRefusals([refusalRecord(9, { workspaceId: "globex" })]);
    const count = await storage.decisionLog.dropBefore("acme", recordTime(3));
    expect(count).toStrictEqual({ segments: 0, decisions: 0, refusals: 2 });
    const { items } = await storage.decisionLog.listRefusals("acme", { limit: 9 });
    expect(items).toStrictEqual([refusalRecord(4), refusalRecord(3)]);
  },
  "dropping leaves other workspaces alone": async ({ storage }) => {
    await appendSegments(storage, [[1], [2]]);
    const elsewhere = [decisionRecord(8, { workspaceId: "globex" })];
    await storage.decisionLog.append(elsewhere);
    await storage.decisionLog.appendRefusals([refusalRecord(8, { workspaceId: "globex" })]);
    await storage.decisionLog.dropBefore("acme", recordTime(100));
    const decisions = await storage.decisionLog.list("globex", { limit: 9 });
    expect(decisions.items).toStrictEqual(elsewhere);
    expect((await storage.decisionLog.listRefusals("globex", { limit: 9 })).items).toHaveLength(1);
    expect(await storage.decisionLog.verify("globex")).toMatchObject({ intact: true, segments: 1 });
  },
  "dropping from a log without records drops nothing": async ({ storage }) => {
    expect(await storage.decisionLog.dropBefore("acme", recordTime(100))).toStrictEqual({
      segments: 0,
      decisions: 0,
      refusals: 0,
    });
  },
};

const chainCases: CaseTable = {
  "what stays can be verified, from its own heads and every earlier one": async ({ storage }) => {
    const earlier = await appendSegments(storage, [[1], [2, 3], [4]]);
    const heads = await storage.decisionLog.checkpoint("acme");
    await storage.decisionLog.dropBefore("acme", recordTime(4));
    expect(await storage.decisionLog.checkpoint("acme")).toStrictEqual(heads);
    await expectIntact(storage, { chains: 1, segments: 1, decisions: 1 }, earlier);
    await storage.decisionLog.append([decisionRecord(9)]);
    await expectIntact(storage, { segments: 2, decisions: 2 }, earlier);
  },
  "a chain of which all was dropped keeps its head, and goes on from there": async ({
    storage,
  }) => {
    const earlier = await appendSegments(storage, [[1], [2]]);
    const [head] = await storage.decisionLog.checkpoint("acme");
    const count = await storage.decisionLog.dropBefore("acme", recordTime(100));
    expect(count).toStrictEqual({ segments: 2, decisions: 2, refusals: 0 });
    expect(await idsOf(storage)).toStrictEqual([]);
    expect(await storage.decisionLog.checkpoint("acme")).toStrictEqual([head]);
    await expectIntact(storage, { segments: 0, decisions: 0 }, earlier);
    await storage.decisionLog.append([decisionRecord(9)]);
    expect(await storage.decisionLog.checkpoint("acme")).toMatchObject([
      { writerId: head?.writerId, sequence: 3 },
    ]);
    await expectIntact(storage, { segments: 1, decisions: 1 }, earlier);
  },
  "verify still misses a tail behind what was dropped": async ({ storage }) => {
    await appendSegments(storage, [[1], [2]]);
    const [head] = await storage.decisionLog.checkpoint("acme");
    await storage.decisionLog.dropBefore("acme", recordTime(100));
    const expected = { writerId: head?.writerId ?? "", sequence: 3, hash: "0".repeat(64) };
    expect(await storage.decisionLog.verify("acme", [expected])).toMatchObject({
      intact: false,
      problems: [{ kind: "tail_missing" }],
    });
  },
  "an erasure is dropped with its age, after the decisions it erased": async ({ storage }) => {
    await storage.decisionLog.append([decisionAbout("ada", 1), decisionAbout("ben", 2)]);
    await storage.decisionLog.eraseSubject("acme", erasureOf({ at: recordTime(5) }));
    await storage.decisionLog.append([decisionAbout("ben", 6)]);
    expect(await storage.decisionLog.dropBefore("acme", recordTime(3))).toMatchObject({
      segments: 1,
      decisions: 2,
    });
    await expectIntact(storage, { segments: 2, decisions: 1, erased: 0 });
    expect(await storage.decisionLog.dropBefore("acme", recordTime(6))).toMatchObject({
      segments: 1,
      decisions: 0,
    });
    await expectIntact(storage, { segments: 1, decisions: 1, erased: 0 });
  },
};

const cursorCases: CaseTable = {
  "a cursor of decisions stays where it is when the record there is dropped": async ({
    storage,
  }) => {
    await appendSegments(storage, [[3], [1, 9], [2]]);
    const { items, nextCursor } = await storage.decisionLog.list("acme", { limit: 2 });
    expect(items).toStrictEqual([decisionRecord(9), decisionRecord(3)]);
    await storage.decisionLog.dropBefore("acme", recordTime(4));
    const page = { limit: 9, cursor: nextCursor ?? "" };
    expect(await storage.decisionLog.list("acme", page)).toStrictEqual({
      items: [decisionRecord(2), decisionRecord(1)],
      nextCursor: null,
    });
  },
  "a cursor of refused tokens stays where it is when the record there is dropped": async ({
    storage,
  }) => {
    await storage.decisionLog.appendRefusals([1, 2, 3, 4].map((n) => refusalRecord(n)));
    const { nextCursor } = await storage.decisionLog.listRefusals("acme", { limit: 2 });
    await storage.decisionLog.dropBefore("acme", recordTime(4));
    const page = { limit: 9, cursor: nextCursor ?? "" };
    expect(await storage.decisionLog.listRefusals("acme", page)).toStrictEqual({
      items: [],
      nextCursor: null,
    });
    await expectStorageError(
      storage.decisionLog.listRefusals("acme", { limit: 9, cursor: "next" }),
      "NOT_FOUND",
    );
  },
};

/** What `DecisionLog.dropBefore` promises. */
export const retentionCases: readonly StorageCase[] = casesOf("DecisionLog.dropBefore", {
  ...dropCases,
  ...chainCases,
  ...cursorCases,
});
