/**
 * Lets time pass; tests decide how much. Resolves after that many milliseconds, or as soon as the signal is
 * aborted, and never rejects.
 */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** Waits by the timer of the machine, which is taken back when nobody waits any longer. */
export function systemWait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    signal.addEventListener("abort", finish, { once: true });
    if (signal.aborted) {
      finish();
    }
  });
}
