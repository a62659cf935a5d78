import type { Authorizer } from "@byot/authorizer";
import { expect, test } from "vitest";
import { createCheckCounts } from "../../src/metrics/check-counts.js";
import { measuredAuthorizer, measuredLog } from "../../src/metrics/measured.js";

const notAsked = (): Promise<never> => Promise.reject(new Error("is not asked"));
const nobody: Authorizer = {
  check: notAsked,
  checkBatch: notAsked,
  checkSubject: notAsked,
  simulate: notAsked,
};
const question = {
  workspaceId: "acme",
  requestId: "r",
  token: "t",
  resource: "orders",
  action: "x",
};

function ticking(): () => number {
  let now = 0;
  return () => (now += 5);
}

test("counts a check that was refused by its code, and how long it took", async () => {
  const counts = createCheckCounts();
  const refusal = { ok: false, error: { code: "token_expired", detail: "expired" } } as const;
  const authorizer = measuredAuthorizer(
    { ...nobody, check: () => Promise.resolve(refusal) },
    { counts, stopwatch: ticking() },
  );

  expect(await authorizer.check(question)).toBe(refusal);
  expect([...counts.refusals.entries()]).toEqual([["token_expired", 1]]);
  expect(counts.durations.total.counts()).toMatchObject({ count: 1, seconds: 0.005 });
});

test("counts nothing of a check that failed, and fails as it did", async () => {
  const counts = createCheckCounts();
  const authorizer = measuredAuthorizer(nobody, { counts, stopwatch: ticking() });

  await expect(authorizer.check(question)).rejects.toThrow("is not asked");
  expect(counts.durations.total.counts().count).toBe(0);
});

test("measures writes to the log that fail as well as those that do not", async () => {
  const counts = createCheckCounts();
  const log = measuredLog(
    { append: notAsked, appendRefusals: () => Promise.resolve() },
    { counts, stopwatch: ticking() },
  );

  await expect(log.append([])).rejects.toThrow("is not asked");
  await log.appendRefusals([]);
  expect(counts.flushes.counts().count).toBe(1);
});
