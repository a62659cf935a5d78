import { StorageError } from "@byot/storage";
import { openMemoryStorage } from "@byot/storage-memory";
import { expect, test } from "vitest";
import { v7 as uuid } from "uuid";
import { createRecording, type RecordingParts } from "../src/recording.js";
import { decisionAt, refusalAt } from "./support/log-records.js";

const at = new Date("2026-03-02T09:00:00.000Z");

interface Logged {
  readonly entry: object;
  readonly message: string;
}

function loggingInto(lines: Logged[]): RecordingParts["logger"] {
  const write = (entry: object, message: string): void => {
    lines.push({ entry, message });
  };
  return { error: write, warn: write };
}

const full = new StorageError("UNAVAILABLE", "the disk is full");

const failingLog: RecordingParts["decisionLog"] = {
  append: () => Promise.reject(full),
  appendRefusals: () => Promise.reject(full),
};

function partsOn(decisionLog: RecordingParts["decisionLog"], lines: Logged[]): RecordingParts {
  const logger = loggingInto(lines);
  return { decisionLog, createId: uuid, stopwatch: () => performance.now(), logger };
}

const { refusalId: _, count: _count, ...refused } = refusalAt("acme", at);

test("writes what it has accepted before it is closed", async () => {
  const { decisionLog } = openMemoryStorage();
  const lines: Logged[] = [];
  const recording = createRecording(partsOn(decisionLog, lines));

  const buffered = await recording.decisionRecorder.record([decisionAt("acme", at)], "buffered");
  recording.refusalRecorder.record(refused, "192.0.2.7");
  await recording.close();

  const decisions = await decisionLog.list("acme", { limit: 10 });
  const refusals = await decisionLog.listRefusals("acme", { limit: 10 });
  expect(buffered.ok).toBe(true);
  expect([decisions.items.length, refusals.items.length]).toEqual([1, 1]);
  expect(lines).toEqual([]);
});

test("tells the operator of decisions that were answered and are not in the log", async () => {
  const lines: Logged[] = [];
  const recording = createRecording(partsOn(failingLog, lines));

  await recording.decisionRecorder.record([decisionAt("acme", at)], "buffered");
  await recording.close();

  expect(lines).toEqual([
    {
      entry: { err: full, count: 1, answered: 1 },
      message:
        "decisions could not be recorded, and those of `buffered` workspaces had been answered",
    },
  ]);
});

test("tells the operator of decisions that were not answered because of it", async () => {
  const lines: Logged[] = [];
  const recording = createRecording(partsOn(failingLog, lines));

  const recorded = await recording.decisionRecorder.record([decisionAt("acme", at)], "strict");
  await recording.close();

  expect(recorded.ok).toBe(false);
  expect(lines).toMatchObject([
    {
      entry: { count: 1, answered: 0 },
      message: "decisions could not be recorded and were not answered",
    },
  ]);
});

test("tells the operator how many refused tokens are missing in the log", async () => {
  const lines: Logged[] = [];
  const recording = createRecording(partsOn(failingLog, lines));

  recording.refusalRecorder.record(refused, "192.0.2.7");
  recording.refusalRecorder.record(refused, "192.0.2.7");
  await recording.close();

  expect(lines).toEqual([{ entry: { count: 2 }, message: "refused tokens could not be recorded" }]);
});
