import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decisionOf, startRecorder } from "./support/decisions.js";
import { settled } from "./support/manual-time.js";

const ask = fc.record({
  kind: fc.constant("ask" as const),
  workspaceId: fc.constantFrom("acme", "globex", "initech"),
  durability: fc.constantFrom("strict" as const, "buffered" as const),
  count: fc.integer({ min: 1, max: 3 }),
});
const wait = fc.record({
  kind: fc.constant("wait" as const),
  millis: fc.constantFrom(1, 49, 50, 100, 400, 800),
});
const end = fc.record({
  kind: fc.constant("end" as const),
  succeeds: fc.boolean(),
});
const steps = fc.array(
  fc.oneof({ weight: 3, arbitrary: ask }, wait, { weight: 2, arbitrary: end }),
  {
    maxLength: 60,
  },
);

interface Asked {
  readonly ids: readonly string[];
  readonly durability: "strict" | "buffered";
  /** What was in the log when the answer came; absent while there is none. */
  answered?: { readonly ok: boolean; readonly inLog: ReadonlySet<string> };
}

describe("whatever the log does", () => {
  test("no strict decision is answered before it is in the log, and none is written twice", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const { recorder, time, appends, reports } = startRecorder({ waiting: 12 });
        const inLog = new Set<string>();
        const asked: Asked[] = [];
        let ended = 0;

        function endWrite(succeeds: boolean): void {
          const append = appends[ended];
          if (append !== undefined) {
            ended += 1;
            if (succeeds) {
              append.ids.forEach((id) => inLog.add(id));
              append.resolve();
            } else {
              append.reject(new Error("the database is away"));
            }
          }
        }

        for (const step of history) {
          if (step.kind === "ask") {
            const { workspaceId, durability, count } = step;
            const ids = Array.from({ length: count }, (_, n) => `${asked.length}.${n}`);
            const one: Asked = { ids, durability };
            asked.push(one);
            const records = ids.map((id) => decisionOf(id, workspaceId));
            void recorder
              .record(records, durability)
              .then(({ ok }) => (one.answered = { ok, inLog: new Set(inLog) }));
          } else if (step.kind === "wait") {
            await time.advance(step.millis);
          } else {
            endWrite(step.succeeds);
          }
          await settled();
          expect(appends.length - ended).toBeLessThanOrEqual(1);
          expect(recorder.status().queued + recorder.status().inFlight).toBeLessThanOrEqual(12);
        }
        const closed = recorder.close();
        while (appends.length > ended) {
          endWrite(true);
          await settled();
        }
        await closed;

        const written = appends.flatMap(({ ids }) => ids);
        expect(new Set(written).size).toBe(written.length);
        const allowed = asked.filter(({ answered }) => answered?.ok === true);
        const notDurable = allowed.filter(
          ({ ids, durability, answered }) =>
            durability === "strict" && ids.some((id) => answered?.inLog.has(id) !== true),
        );
        const neverTried = allowed.filter(({ ids }) => ids.some((id) => !written.includes(id)));
        expect(asked.filter(({ answered }) => answered === undefined)).toEqual([]);
        expect([...notDurable, ...neverTried]).toEqual([]);
        const lost = allowed.flatMap(({ ids }) => ids).filter((id) => !inLog.has(id));
        expect(reports.reduce((sum, { answered }) => sum + answered, 0)).toBe(lost.length);
        expect(time.scheduled()).toBe(0);
      }),
      { numRuns: 500 },
    );
  });
});
