import { expect } from "vitest";
import { expectIntact } from "../assertions/expect-intact.js";
import { expectStorageError } from "../assertions/expect-refusal.js";
import { erasureOf } from "../samples/sample-erasures.js";
import {
  decisionAbout,
  decisionRecord,
  numbers,
  recordTime,
  refusalRecord,
  withoutPersonal,
} from "../samples/sample-log-records.js";
import { appendSegments, idsOf } from "../samples/sample-segments.js";
import type { CaseTable } from "../storage-case.js";

/** What the decision log keeps beyond the closing of the storage. */
export const persistentLogCases: CaseTable = {
  "reopening keeps the decision log and its order, and goes on with it": async ({
    storage,
    reopen,
  }) => {
    await storage.decisionLog.append(numbers(1, 3).map((n) => decisionRecord(n)));
    await storage.decisionLog.appendRefusals([refusalRecord(1)]);
    const reopened = await reopen();
    await reopened.decisionLog.append([decisionRecord(4)]);
    await expectStorageError(reopened.decisionLog.append([decisionRecord(1)]), "ALREADY_EXISTS");
    const { items } = await reopened.decisionLog.list("acme", { limit: 9 });
    expect(items).toStrictEqual([4, 3, 2, 1].map((n) => decisionRecord(n)));
    const refusals = await reopened.decisionLog.listRefusals("acme", { limit: 9 });
    expect(refusals.items).toStrictEqual([refusalRecord(1)]);
  },
  "a cursor of the decision log goes on after reopening": async ({ storage, reopen }) => {
    await storage.decisionLog.append(numbers(1, 5).map((n) => decisionRecord(n)));
    const { nextCursor } = await storage.decisionLog.list("acme", { limit: 2 });
    const reopened = await reopen();
    const page = { limit: 9, cursor: nextCursor ?? "" };
    expect((await reopened.decisionLog.list("acme", page)).items).toStrictEqual(
      [3, 2, 1].map((n) => decisionRecord(n)),
    );
  },
  "a reopened storage starts a chain of its own, and the one before stays": async ({
    storage,
    reopen,
  }) => {
    const earlier = await appendSegments(storage, [[1], [2, 3]]);
    const [old] = await storage.decisionLog.checkpoint("acme");
    const reopened = await reopen();
    expect(await reopened.decisionLog.checkpoint("acme")).toStrictEqual([old]);
    await expectIntact(reopened, { chains: 1, segments: 2, decisions: 3 }, earlier);
    await reopened.decisionLog.append([decisionRecord(4)]);
    await reopened.decisionLog.append([decisionRecord(5)]);
    const heads = await reopened.decisionLog.checkpoint("acme");
    expect(heads).toContainEqual(old);
    expect(heads.filter(({ writerId }) => writerId !== old?.writerId)).toMatchObject([
      { sequence: 2 },
    ]);
    const report = await expectIntact(reopened, { chains: 2, segments: 4, decisions: 5 }, earlier);
    expect(report.heads).toStrictEqual(heads);
  },
  "the heads of many chains are ordered by writer": async ({ storage, reopen }) => {
    let open = storage;
    for (const n of numbers(1, 6)) {
      await open.decisionLog.append([decisionRecord(n)]);
      open = await reopen();
    }
    const heads = await open.decisionLog.checkpoint("acme");
    const writers = heads.map(({ writerId }) => writerId);
    expect(new Set(writers).size).toBe(6);
    expect(writers).toStrictEqual(
      writers.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right))),
    );
    await expectIntact(open, { chains: 6, segments: 6, decisions: 6 }, heads);
  },
  "what was erased stays erased after reopening, and more can be erased": async ({
    storage,
    reopen,
  }) => {
    await storage.decisionLog.append([decisionAbout("ada", 1), decisionAbout("ben", 2)]);
    await storage.decisionLog.eraseSubject("acme", erasureOf());
    const reopened = await reopen();
    await expectIntact(reopened, { chains: 1, segments: 2, decisions: 2, erased: 1 });
    const ben = erasureOf({ erasureId: "01980000-0000-7000-8000-000000009001", subjects: ["ben"] });
    await reopened.decisionLog.eraseSubject("acme", ben);
    await expectIntact(reopened, { chains: 2, segments: 3, decisions: 2, erased: 2 });
    const { items } = await reopened.decisionLog.list("acme", { limit: 9 });
    expect(items).toStrictEqual([decisionRecord(2), decisionRecord(1)].map(withoutPersonal));
  },
  "what was dropped stays dropped after reopening, and heads are kept": async ({
    storage,
    reopen,
  }) => {
    const earlier = await appendSegments(storage, [[1], [2], [9]]);
    await storage.decisionLog.dropBefore("acme", recordTime(3));
    const reopened = await reopen();
    await expectIntact(reopened, { chains: 1, segments: 1, decisions: 1 }, earlier);
    await reopened.decisionLog.append([decisionRecord(10)]);
    const count = await reopened.decisionLog.dropBefore("acme", recordTime(10));
    expect(count).toStrictEqual({ segments: 1, decisions: 1, refusals: 0 });
    expect(await idsOf(reopened)).toStrictEqual([10]);
    await expectIntact(reopened, { chains: 2, segments: 1, decisions: 1 }, earlier);
  },
};
