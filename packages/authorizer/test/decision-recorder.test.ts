import type { DecisionRecorder } from "@byot/authorizer";
import { StorageError } from "@byot/storage";
import { describe, expect, test } from "vitest";
import { decisionOf, decisionsOf, startRecorder } from "./support/decisions.js";
import { settled } from "./support/manual-time.js";

const outage = new StorageError("UNAVAILABLE", "the disk is full");
const recorded = { ok: true, value: undefined };
const notRecorded = {
  ok: false,
  error: {
    code: "audit_unavailable",
    detail: "the decision could not be recorded and is therefore not answered",
    retryAfterSeconds: 1,
  },
};

/** Records one decision for each id, and keeps what came of it; `waiting` until something did. */
function recordAll(
  recorder: DecisionRecorder,
  ids: readonly string[],
  durability: "strict" | "buffered" = "strict",
): { readonly answers: () => readonly unknown[] } {
  const answers: unknown[] = ids.map(() => "waiting");
  ids.forEach((id, index) => {
    void recorder.record([decisionOf(id)], durability).then((answer) => (answers[index] = answer));
  });
  return { answers: () => [...answers] };
}

describe("a strict decision", () => {
  test("may be answered once the log has it, and not before", async () => {
    const { recorder, appends } = startRecorder();
    const { answers } = recordAll(recorder, ["a"]);
    await settled();
    const before = answers();
    appends[0]?.resolve();
    await settled();

    expect(before).toEqual(["waiting"]);
    expect(answers()).toEqual([recorded]);
  });

  test("is written with all that came while another was written, and never twice", async () => {
    const { recorder, appends } = startRecorder();
    const { answers } = recordAll(recorder, ["a", "b", "c"]);
    appends[0]?.resolve();
    await settled();
    appends[1]?.resolve();
    await settled();

    expect(appends.map(({ ids }) => ids)).toEqual([["a"], ["b", "c"]]);
    expect(answers()).toEqual([recorded, recorded, recorded]);
  });

  test("is written with at most 511 others, and a batch with all of itself", async () => {
    const { recorder, appends } = startRecorder();
    recordAll(recorder, ["first"]);
    void recorder.record(decisionsOf(500), "strict");
    void recorder.record(decisionsOf(13, "globex"), "strict");
    appends[0]?.resolve();
    await settled();
    appends[1]?.resolve();
    await settled();

    expect(appends.map(({ ids }) => ids.length)).toEqual([1, 500, 13]);
  });

  test("can not be one of more than 512 at once", () => {
    const { recorder } = startRecorder();

    expect(() => recorder.record(decisionsOf(513), "strict")).toThrow(
      new TypeError("at most 512 decisions can be recorded at once"),
    );
  });

  test("is not answered when its write fails, and neither are those that were with it", async () => {
    const { recorder, appends, reports } = startRecorder();
    const { answers } = recordAll(recorder, ["a", "b", "c"]);
    appends[0]?.resolve();
    await settled();
    appends[1]?.reject(outage);
    await settled();

    expect(answers()).toEqual([recorded, notRecorded, notRecorded]);
    expect(reports).toEqual([{ error: outage, count: 2, answered: 0 }]);
  });

  test("is not answered when the log knows its id already, and the log counts as working", async () => {
    const { recorder, appends } = startRecorder();
    const { answers } = recordAll(recorder, ["a"]);
    appends[0]?.reject(new StorageError("ALREADY_EXISTS", "there is already a decision `a`"));
    await settled();

    expect(answers()).toEqual([notRecorded]);
    expect(recorder.status().isFailing).toBe(false);
  });

  test("is not answered after 800 ms, whatever becomes of its record", async () => {
    const { recorder, time, appends } = startRecorder();
    const { answers } = recordAll(recorder, ["a"]);
    await time.advance(799);
    const before = answers();
    await time.advance(1);
    const after = answers();
    appends[0]?.resolve();
    await settled();

    expect(before).toEqual(["waiting"]);
    expect(after).toEqual([notRecorded]);
    expect(answers()).toEqual([notRecorded]);
    expect(recorder.status().recorded).toBe(1);
  });

  test("that was not on its way after 800 ms is never written", async () => {
    const { recorder, time, appends } = startRecorder();
    recordAll(recorder, ["a"]);
    await time.advance(400);
    const { answers } = recordAll(recorder, ["b"]);
    await time.advance(800);
    appends[0]?.resolve();
    await settled();

    expect(answers()).toEqual([notRecorded]);
    expect(appends).toHaveLength(1);
  });
});

describe("a buffered decision", () => {
  test("may be answered at once, and is written within 50 ms", async () => {
    const { recorder, time, appends } = startRecorder();
    const { answers } = recordAll(recorder, ["a", "b"], "buffered");
    await settled();
    const answered = answers();
    await time.advance(49);
    const early = appends.length;
    await time.advance(1);

    expect(answered).toEqual([recorded, recorded]);
    expect(early).toBe(0);
    expect(appends.map(({ ids }) => ids)).toEqual([["a", "b"]]);
  });

  test("goes along with a strict one", async () => {
    const { recorder, appends } = startRecorder();
    recordAll(recorder, ["a"], "buffered");
    recordAll(recorder, ["b"]);
    await settled();

    expect(appends.map(({ ids }) => ids)).toEqual([["a", "b"]]);
  });

  test("is written as soon as 512 wait", async () => {
    const { recorder, appends } = startRecorder();
    void recorder.record(decisionsOf(512), "buffered");
    await settled();

    expect(appends.map(({ ids }) => ids.length)).toEqual([512]);
  });

  test("that could not be written is reported as answered, and not tried again", async () => {
    const { recorder, time, appends, reports } = startRecorder();
    recordAll(recorder, ["a", "b"], "buffered");
    await time.advance(50);
    appends[0]?.reject(outage);
    await time.advance(1_000);

    expect(reports).toEqual([{ error: outage, count: 2, answered: 2 }]);
    expect(appends).toHaveLength(1);
  });

  test("waits as long as it takes while the log is slow", async () => {
    const { recorder, time, appends } = startRecorder();
    recordAll(recorder, ["a"]);
    recordAll(recorder, ["b"], "buffered");
    await time.advance(5_000);
    appends[0]?.resolve();
    await settled();

    expect(appends.map(({ ids }) => ids)).toEqual([["a"], ["b"]]);
  });

  test("is not accepted at once while the log is failing, but waits for it to work", async () => {
    const { recorder, time, appends } = startRecorder();
    recordAll(recorder, ["a"]);
    appends[0]?.reject(outage);
    await time.advance(100);
    const { answers } = recordAll(recorder, ["b", "c"], "buffered");
    await settled();
    const before = answers();
    appends[1]?.resolve();
    await settled();

    expect(before).toEqual(["waiting", notRecorded]);
    expect(answers()).toEqual([recorded, notRecorded]);
  });
});

describe("while the log is failing", () => {
  test("nothing new is accepted, and nobody waits, until it is tried again", async () => {
    const { recorder, time, appends } = startRecorder();
    recordAll(recorder, ["a"]);
    appends[0]?.reject(outage);
    await settled();
    const { answers } = recordAll(recorder, ["b"]);
    await settled();
    const atOnce = answers();
    await time.advance(100);
    const probes = recordAll(recorder, ["c", "d"]);
    await settled();
    const probing = probes.answers();
    appends[1]?.resolve();
    await settled();
    const healthy = recordAll(recorder, ["e"]);
    appends[2]?.resolve();
    await settled();

    expect(atOnce).toEqual([notRecorded]);
    expect(probing).toEqual(["waiting", notRecorded]);
    expect(probes.answers()).toEqual([recorded, notRecorded]);
    expect(healthy.answers()).toEqual([recorded]);
  });

  test("nobody waits for a write that hangs, and it is over when that ends", async () => {
    const { recorder, time, appends } = startRecorder();
    recordAll(recorder, ["a"]);
    await time.advance(800);
    const hanging = recordAll(recorder, ["b"]);
    await settled();
    const refused = hanging.answers();
    const { isFailing } = recorder.status();
    appends[0]?.resolve();
    await settled();
    const { answers } = recordAll(recorder, ["c"]);
    appends[1]?.resolve();
    await settled();

    expect(refused).toEqual([notRecorded]);
    expect(isFailing).toBe(true);
    expect(answers()).toEqual([recorded]);
  });

  test("what had been accepted is still tried", async () => {
    const { recorder, appends } = startRecorder();
    const { answers } = recordAll(recorder, ["a", "b"]);
    appends[0]?.reject(outage);
    await settled();
    appends[1]?.resolve();
    await settled();

    expect(answers()).toEqual([notRecorded, recorded]);
    expect(recorder.status().isFailing).toBe(false);
  });

  test("an operator who can not be told keeps nothing from being written", async () => {
    const { appends, time } = startRecorder();
    const { createDecisionRecorder } = await import("@byot/authorizer");
    const broken = createDecisionRecorder({
      ...time,
      log: { append: () => Promise.reject(outage) },
      onNotRecorded: () => {
        throw new Error("the log file is gone");
      },
    });
    const { answers } = recordAll(broken, ["a", "b"]);
    await settled();

    expect(appends).toEqual([]);
    expect(answers()).toEqual([notRecorded, notRecorded]);
  });
});

describe("a flood", () => {
  test("of one workspace leaves half of the room to the others", async () => {
    const { recorder } = startRecorder({ waiting: 10 });
    const acme = decisionsOf(6).map(async (each) => recorder.record([each], "buffered"));
    const globex = decisionsOf(6, "globex").map(async (each) =>
      recorder.record([each], "buffered"),
    );

    expect((await Promise.all(acme)).map(({ ok }) => ok)).toEqual([
      ...Array.from({ length: 5 }, () => true),
      false,
    ]);
    expect((await Promise.all(globex)).map(({ ok }) => ok)).toEqual([
      ...Array.from({ length: 5 }, () => true),
      false,
    ]);
    expect(recorder.status()).toMatchObject({ queued: 10, refused: 2 });
  });

  test("finds room again as soon as something is written", async () => {
    const { recorder, appends } = startRecorder({ waiting: 4 });
    recordAll(recorder, ["a", "b"]);
    const refused = recordAll(recorder, ["c"]);
    await settled();
    appends[0]?.resolve();
    await settled();
    const accepted = recordAll(recorder, ["d"]);
    await settled();

    expect(refused.answers()).toEqual([notRecorded]);
    expect(accepted.answers()).toEqual(["waiting"]);
  });

  test("of ten thousand decisions waits, and not of one more", async () => {
    const { recorder } = startRecorder();
    const workspaces = ["acme", "globex"].flatMap((workspaceId) =>
      Array.from({ length: 10 }, async () =>
        recorder.record(decisionsOf(500, workspaceId), "buffered"),
      ),
    );
    const accepted = await Promise.all(workspaces);
    const oneMore = await recorder.record([decisionOf("late", "initech")], "buffered");

    expect(accepted.every(({ ok }) => ok)).toBe(true);
    expect(oneMore).toEqual(notRecorded);
  });
});

describe("closing", () => {
  test("writes all that was accepted, and accepts nothing any more", async () => {
    const { recorder, appends, time } = startRecorder();
    const events: string[] = [];
    const strict = recordAll(recorder, ["a"]);
    recordAll(recorder, ["b"], "buffered");
    void recorder.close().then(() => events.push("closed"));
    const late = recordAll(recorder, ["c"], "buffered");
    await settled();
    const early = [...events];
    appends[0]?.resolve();
    await settled();
    appends[1]?.resolve();
    await settled();

    expect(early).toEqual([]);
    expect(events).toEqual(["closed"]);
    expect(strict.answers()).toEqual([recorded]);
    expect(late.answers()).toEqual([notRecorded]);
    expect(appends.map(({ ids }) => ids)).toEqual([["a"], ["b"]]);
    expect(time.scheduled()).toBe(0);
  });

  test("reports what can not be written any more", async () => {
    const { recorder, appends, reports } = startRecorder();
    recordAll(recorder, ["a"], "buffered");
    const closed = recorder.close();
    await settled();
    appends[0]?.reject(outage);
    await closed;

    expect(reports).toEqual([{ error: outage, count: 1, answered: 1 }]);
  });

  test("can be asked for twice", async () => {
    const { recorder } = startRecorder();

    await recorder.close();

    expect(await recorder.close()).toBeUndefined();
  });
});

describe("the status", () => {
  test("says how much waits, for how long, and what was written", async () => {
    const { recorder, appends, time } = startRecorder();
    recordAll(recorder, ["a"]);
    void recorder.record(decisionsOf(2, "globex"), "strict");
    await time.advance(30);
    const waiting = recorder.status();
    appends[0]?.resolve();
    await settled();
    await time.advance(20);
    appends[1]?.resolve();
    await settled();

    expect(waiting).toEqual({
      queued: 2,
      inFlight: 1,
      oldestMillis: 30,
      lastFlushMillis: 0,
      segments: 0,
      recorded: 0,
      refused: 0,
      isFailing: false,
    });
    expect(recorder.status()).toEqual({
      ...waiting,
      queued: 0,
      inFlight: 0,
      oldestMillis: 0,
      lastFlushMillis: 20,
      segments: 2,
      recorded: 3,
    });
  });
});
