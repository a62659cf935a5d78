import { expect } from "vitest";
import { expectTypeError } from "../assertions/expect-refusal.js";
import { decisionRecord, numbers, withoutPersonal } from "../samples/sample-log-records.js";
import type { CaseTable } from "../storage-case.js";

const largestAppend = 512;

/** What `DecisionLog.append` takes. */
export const appendLimitCases: CaseTable = {
  "512 decisions can be appended at once": async ({ storage }) => {
    await storage.decisionLog.append(numbers(1, largestAppend).map((n) => decisionRecord(n)));
    const { items } = await storage.decisionLog.list("acme", { limit: 2 });
    expect(items).toStrictEqual([decisionRecord(largestAppend), decisionRecord(largestAppend - 1)]);
  },
  "more than 512 decisions at once are a `TypeError`, whatever their workspaces": async ({
    storage,
  }) => {
    const tooMany = numbers(1, largestAppend + 1);
    await expectTypeError(storage.decisionLog.append(tooMany.map((n) => decisionRecord(n))));
    await expectTypeError(
      storage.decisionLog.append(
        tooMany.map((n) => decisionRecord(n, { workspaceId: n % 2 === 0 ? "acme" : "globex" })),
      ),
    );
    expect((await storage.decisionLog.list("acme", { limit: 1 })).items).toStrictEqual([]);
  },
  "a decision without `personal` is a `TypeError`, and none is written": async ({ storage }) => {
    const bare = withoutPersonal(decisionRecord(2));
    await expectTypeError(storage.decisionLog.append([decisionRecord(1), bare, decisionRecord(3)]));
    expect((await storage.decisionLog.list("acme", { limit: 1 })).items).toStrictEqual([]);
    await storage.decisionLog.append(numbers(1, 3).map((n) => decisionRecord(n)));
  },
};
