import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { withinDeadline } from "../src/transport/deadline.js";
import { ByotError, UnavailableError } from "../src/errors/errors.js";
import { pauseAfter, retry } from "../src/transport/retry.js";

const lost = new UnavailableError("could not reach", { code: "connection_failed" });

function busy(retryAfterMs?: number): ByotError {
  return new ByotError("slow down", { code: "rate_limited", status: 429, retryAfterMs });
}

async function attemptTimes(
  failures: readonly Error[],
  { timeoutMs, retries }: { readonly timeoutMs: number; readonly retries: number },
): Promise<{ readonly times: readonly number[]; readonly outcome: unknown }> {
  const started = performance.now();
  const times: number[] = [];
  const attempt = async (): Promise<string> => {
    times.push(performance.now() - started);
    const failure = failures[times.length - 1];
    if (failure !== undefined) {
      throw failure;
    }
    return "answer";
  };
  const outcome = withinDeadline({ timeoutMs, signal: undefined }, async (deadline) =>
    retry(attempt, deadline, { retries, random: () => 1, repeatable: true }),
  ).catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return { times, outcome: await outcome };
}

describe("the pause before another attempt", () => {
  test.each([
    [0, 50, 100],
    [1, 100, 200],
    [2, 200, 400],
    [3, 400, 800],
    [4, 500, 1_000],
    [9, 500, 1_000],
  ])("after %i retries lies between %i and %i ms", (used, least, most) => {
    expect(pauseAfter(lost, used, () => 0)).toBe(least);
    expect(pauseAfter(lost, used, () => 1)).toBe(most);
  });

  test("is what the server asks for, plus up to 100 ms that differ between callers", () => {
    expect(pauseAfter(busy(1_000), 0, () => 0)).toBe(1_000);
    expect(pauseAfter(busy(1_000), 3, () => 1)).toBe(1_100);
  });
});

describe("retry", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  test("tries again after growing pauses and returns the first answer", async () => {
    const run = await attemptTimes([lost, lost, lost], { timeoutMs: 2_000, retries: 5 });

    expect(run).toEqual({ times: [0, 100, 300, 700], outcome: "answer" });
  });

  test("waits as long as the server asks", async () => {
    const run = await attemptTimes([busy(1_000)], { timeoutMs: 2_000, retries: 2 });

    expect(run).toEqual({ times: [0, 1_100], outcome: "answer" });
  });

  test("throws the failure at once when the pause would outlast the deadline", async () => {
    const failure = busy(1_950);

    const run = await attemptTimes([failure], { timeoutMs: 2_000, retries: 2 });

    expect(run).toEqual({ times: [0], outcome: failure });
  });

  test("throws the last failure when no retry is left", async () => {
    const last = busy();

    const run = await attemptTimes([lost, last], { timeoutMs: 2_000, retries: 1 });

    expect(run).toEqual({ times: [0, 100], outcome: last });
  });

  test("does not repeat what would fail again", async () => {
    const failure = new ByotError("boom", { code: "internal_error", status: 500 });

    const run = await attemptTimes([failure], { timeoutMs: 2_000, retries: 2 });

    expect(run).toEqual({ times: [0], outcome: failure });
  });

  test("stops waiting when the caller stops", async () => {
    const controller = new AbortController();
    const attempt = vi.fn<() => Promise<never>>().mockRejectedValue(lost);
    const outcome = withinDeadline(
      { timeoutMs: 2_000, signal: controller.signal },
      async (deadline) =>
        retry(attempt, deadline, { retries: 2, random: () => 1, repeatable: true }),
    ).catch((error: unknown) => error);

    await vi.advanceTimersByTimeAsync(50);
    controller.abort(new Error("navigated away"));
    await vi.runAllTimersAsync();

    expect(await outcome).toEqual(new Error("navigated away"));
    expect(attempt).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });
});
