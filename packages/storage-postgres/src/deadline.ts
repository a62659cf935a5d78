import { StorageError } from "@byot/storage";

/** A time that something has to be done in. */
export interface Deadline {
  /** Resolves to what the work resolves to, and rejects when the time is over before. */
  wait<Answer>(work: Promise<Answer>): Promise<Answer>;
  /** @throws StorageError with code `UNAVAILABLE` when the time is over. */
  check(): void;
}

/** Starts the time. */
export function startDeadline(millis: number): Deadline {
  const end = performance.now() + millis;
  return {
    async wait(work) {
      // What the work does later is nobody's concern any more.
      work.catch(() => undefined);
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(timeIsOver(millis)), Math.max(end - performance.now(), 0));
      });
      try {
        return await Promise.race([work, over]);
      } finally {
        clearTimeout(timer);
      }
    },
    check() {
      if (performance.now() >= end) {
        throw timeIsOver(millis);
      }
    },
  };
}

function timeIsOver(millis: number): StorageError {
  return new StorageError("UNAVAILABLE", `the database did not answer within ${millis} ms`);
}
