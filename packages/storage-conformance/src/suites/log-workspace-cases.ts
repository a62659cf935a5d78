import { expect } from "vitest";
import { everyPage } from "../assertions/every-page.js";
import { expectTypeError } from "../assertions/expect-refusal.js";
import { createWorkspace, deleteWorkspace } from "../samples/sample-changes.js";
import { erasureOf } from "../samples/sample-erasures.js";
import { awkwardKeys } from "../samples/sample-keys.js";
import { decisionRecord, recordTime, refusalRecord } from "../samples/sample-log-records.js";
import type { CaseTable } from "../storage-case.js";

/** What `DecisionLog.listWorkspaces` promises. */
export const logWorkspaceCases: CaseTable = {
  "listWorkspaces has those with anything in the log, each once, ordered by id": async ({
    storage,
  }) => {
    const [first = "", second = "", ...rest] = awkwardKeys.toReversed();
    await storage.decisionLog.append(
      [first, second, second, ...rest].map((workspaceId, n) => decisionRecord(n, { workspaceId })),
    );
    await storage.decisionLog.appendRefusals([
      refusalRecord(1, { workspaceId: first }),
      refusalRecord(2, { workspaceId: "only-refused" }),
    ]);
    const expected = [...awkwardKeys, "only-refused"].toSorted((left, right) =>
      Buffer.compare(Buffer.from(left), Buffer.from(right)),
    );
    const { items, nextCursor } = await storage.decisionLog.listWorkspaces({ limit: 200 });
    expect(items).toStrictEqual(expected);
    expect(nextCursor).toBeNull();
    for (const limit of [1, 3, expected.length]) {
      const paged = await everyPage(limit, (page) => storage.decisionLog.listWorkspaces(page));
      expect(paged).toStrictEqual(expected);
    }
  },
  "listWorkspaces has deleted workspaces too, and none without a record": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    await createWorkspace(storage, "globex");
    expect((await storage.decisionLog.listWorkspaces({ limit: 9 })).items).toStrictEqual([]);
    await storage.decisionLog.append([decisionRecord(1)]);
    await deleteWorkspace(storage, "acme");
    expect((await storage.decisionLog.listWorkspaces({ limit: 9 })).items).toStrictEqual(["acme"]);
  },
  "listWorkspaces has a workspace as long as anything of its log is left": async ({ storage }) => {
    const listed = async (): Promise<readonly string[]> =>
      (await storage.decisionLog.listWorkspaces({ limit: 9 })).items;
    await storage.decisionLog.append([decisionRecord(1)]);
    await storage.decisionLog.eraseSubject("acme", erasureOf({ at: recordTime(5) }));
    await storage.decisionLog.append([decisionRecord(2, { workspaceId: "globex" })]);
    await storage.decisionLog.dropBefore("acme", recordTime(3));
    // The record of the erasure is all that is left.
    expect(await listed()).toStrictEqual(["acme", "globex"]);
    await storage.decisionLog.dropBefore("acme", recordTime(6));
    expect(await listed()).toStrictEqual(["globex"]);
    await storage.decisionLog.appendRefusals([refusalRecord(7)]);
    expect(await listed()).toStrictEqual(["acme", "globex"]);
  },
  "a limit of listWorkspaces that is not a whole number from 1 to 200 is a `TypeError`": async ({
    storage,
  }) => {
    for (const limit of [0, 201, 1.5, Number.NaN]) {
      await expectTypeError(storage.decisionLog.listWorkspaces({ limit }));
    }
  },
};
