import { UnavailableError } from "../errors/errors.js";

/** How long some work may take, and who may stop it earlier. */
export interface Limits {
  /** The total time, in milliseconds. */
  readonly timeoutMs: number;
  /** The caller's own way to stop. */
  readonly signal: AbortSignal | undefined;
}

/** What work under a deadline gets to know. */
export interface Deadline {
  /** Aborts when the time is over or the caller stops. */
  readonly signal: AbortSignal;
  /** The time left, in milliseconds. */
  readonly remainingMs: () => number;
}

function timeoutError(timeoutMs: number): UnavailableError {
  return new UnavailableError(`no answer within ${timeoutMs} ms`, {
    code: "timeout",
    fix: "Check that the byot server is reachable and not overloaded, or raise `timeoutMs`.",
  });
}

/**
 * Runs `work` until it ends, the time is over, or the caller stops, whichever is first, even if the work does not
 * listen to its signal. The signals are joined by hand: not every runtime has `AbortSignal.any`.
 *
 * @throws UnavailableError with code `timeout`; the signal's own reason when the caller stopped.
 */
export async function withinDeadline<T>(
  { timeoutMs, signal }: Limits,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const endsAt = performance.now() + timeoutMs;
  let expired = false;
  const timer = setTimeout(() => {
    expired = true;
    controller.abort(timeoutError(timeoutMs));
  }, timeoutMs);
  // Without the caller's reason, which Workers would report as an error that nobody caught.
  const stop = (): void => controller.abort();
  signal?.addEventListener("abort", stop, { once: true });
  const ended = new Promise<never>((_resolve, reject) => {
    controller.signal.addEventListener("abort", () => reject(signal?.reason));
  });
  try {
    const remainingMs = (): number => endsAt - performance.now();
    return await Promise.race([work({ signal: controller.signal, remainingMs }), ended]);
  } catch (error) {
    // Made here, not in the timer, so that its stack leads to the caller.
    throw expired ? timeoutError(timeoutMs) : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}
