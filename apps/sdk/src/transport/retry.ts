import type { Deadline } from "./deadline.js";
import { ByotError } from "../errors/errors.js";

/** How often and how patiently to try again. */
export interface RetryPolicy {
  /** How many attempts may follow the first. */
  readonly retries: number;
  /** Whether the attempt may have taken effect without harm: if not, only a 429, which did nothing, is tried again. */
  readonly repeatable: boolean;
  /** A number from 0 up to 1, as `Math.random` gives it. */
  readonly random: () => number;
}

const firstPauseMs = 100;
const longestPauseMs = 1_000;

function isWorthRetrying(error: unknown, repeatable: boolean): error is ByotError {
  return (
    error instanceof ByotError &&
    (error.status === 429 ||
      (repeatable && (error.status === 503 || error.code === "connection_failed")))
  );
}

/**
 * How long to wait after the given failure, in milliseconds: what the server asked for, plus a little that differs
 * between callers, else a pause that doubles each time and of which half is random.
 */
export function pauseAfter(error: ByotError, retriesUsed: number, random: () => number): number {
  if (error.retryAfterMs !== undefined) {
    return error.retryAfterMs + random() * firstPauseMs;
  }
  const longest = Math.min(firstPauseMs * 2 ** retriesUsed, longestPauseMs);
  return longest * (0.5 + random() / 2);
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}

/**
 * Runs `attempt` with its number, again after a failed connection, a 503 or a 429. Where the pause would outlast the deadline the
 * failure is thrown at once: it says more than the timeout that would follow.
 */
export async function retry<T>(
  attempt: (number: number) => Promise<T>,
  deadline: Deadline,
  { retries, random, repeatable }: RetryPolicy,
): Promise<T> {
  const attemptAfter = async (retriesUsed: number): Promise<T> => {
    try {
      return await attempt(retriesUsed + 1);
    } catch (error) {
      if (!isWorthRetrying(error, repeatable) || retriesUsed >= retries) {
        throw error;
      }
      const pauseMs = pauseAfter(error, retriesUsed, random);
      if (pauseMs >= deadline.remainingMs()) {
        throw error;
      }
      await pause(pauseMs, deadline.signal);
    }
    return attemptAfter(retriesUsed + 1);
  };
  return attemptAfter(0);
}
