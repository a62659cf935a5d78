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

/** What holds for the decision log when two storages write to it. */
export const twoLogsCases: CaseTable = {
  "both write to one decision log, each in a chain of its own": async ({ storage, openSecond }) => {
    const other = await openSecond();
    await appendSegments(storage, [[1], [3]]);
    await appendSegments(other, [[2], [4], [5]]);
    await storage.decisionLog.append([decisionRecord(6)]);
    expect(await idsOf(other)).toStrictEqual([6, 5, 4, 3, 2, 1]);
    const heads = await storage.decisionLog.checkpoint("acme");
    expect(heads.map(({ sequence }) => sequence)).toStrictEqual([3, 3]);
    for (const reader of [storage, other]) {
      const report = await expectIntact(reader, { chains: 2, segments: 6, decisions: 6 }, heads);
      expect(report.heads).toStrictEqual(heads);
    }
  },
  "an id that one has written is taken for the other": async ({ storage, openSecond }) => {
    const other = await openSecond();
    await storage.decisionLog.append([decisionRecord(1)]);
    await storage.decisionLog.appendRefusals([refusalRecord(1)]);
    await expectStorageError(
      other.decisionLog.append([decisionRecord(2), decisionRecord(1)]),
      "ALREADY_EXISTS",
    );
    await expectStorageError(
      other.decisionLog.appendRefusals([refusalRecord(1)]),
      "ALREADY_EXISTS",
    );
    await other.decisionLog.append([decisionRecord(2)]);
    await expectIntact(storage, { segments: 2, decisions: 2 });
  },
  "concurrent appends of both leave intact chains": async ({ storage, openSecond }) => {
    const other = await openSecond();
    await Promise.all(
      numbers(1, 30).map((n) =>
        (n % 2 === 0 ? storage : other).decisionLog.append([
          decisionRecord(n),
          decisionRecord(100 + n),
        ]),
      ),
    );
    const report = await expectIntact(storage, { chains: 2, segments: 30, decisions: 60 });
    expect(report.heads.map(({ sequence }) => sequence)).toStrictEqual([15, 15]);
  },
  "one erases what the other one has written": async ({ storage, openSecond }) => {
    const other = await openSecond();
    await storage.decisionLog.append([decisionAbout("ada", 1), decisionAbout("ben", 2)]);
    await other.decisionLog.append([decisionAbout("ada", 3)]);
    expect(await other.decisionLog.eraseSubject("acme", erasureOf())).toMatchObject({
      decisions: 2,
    });
    const { items } = await storage.decisionLog.list("acme", { limit: 9 });
    expect(items).toStrictEqual([
      withoutPersonal(decisionRecord(3)),
      decisionAbout("ben", 2),
      withoutPersonal(decisionRecord(1)),
    ]);
    await expectIntact(storage, { chains: 2, segments: 3, decisions: 3, erased: 2 });
  },
  "one drops what the other one has written, and both go on": async ({ storage, openSecond }) => {
    const other = await openSecond();
    const earlier = [
      ...(await appendSegments(storage, [[1], [3]])),
      ...(await appendSegments(other, [[2], [4]])),
    ];
    expect(await other.decisionLog.dropBefore("acme", recordTime(3))).toStrictEqual({
      segments: 2,
      decisions: 2,
      refusals: 0,
    });
    await storage.decisionLog.append([decisionRecord(5)]);
    await other.decisionLog.append([decisionRecord(6)]);
    expect(await idsOf(storage)).toStrictEqual([6, 5, 4, 3]);
    await expectIntact(storage, { chains: 2, segments: 4, decisions: 4 }, earlier);
  },
  "an erasure by one is kept as long as what the other one had written": async ({
    storage,
    openSecond,
  }) => {
    const other = await openSecond();
    // The first segment is young because of its second decision; the erasure between the two is older.
    await storage.decisionLog.append([decisionAbout("ada", 1), decisionAbout("ben", 9)]);
    await other.decisionLog.eraseSubject("acme", erasureOf({ at: recordTime(5) }));
    await other.decisionLog.dropBefore("acme", recordTime(7));
    await expectIntact(storage, { decisions: 2, erased: 1 });
  },
};
