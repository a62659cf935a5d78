import type { Schedule } from "@byot/authorizer";

export interface ManualTime {
  /** Milliseconds since the test began. */
  readonly stopwatch: () => number;
  readonly schedule: Schedule;
  /** Lets so many milliseconds pass, doing in their order the works that fall due, and what follows from each. */
  readonly advance: (millis: number) => Promise<void>;
  /** How many works wait for their time. */
  readonly scheduled: () => number;
}

interface Work {
  readonly due: number;
  readonly work: () => void;
}

/** Time that passes only when a test says so. */
export function manualTime(): ManualTime {
  const works = new Set<Work>();
  let now = 0;

  function nextUntil(end: number): Work | undefined {
    const due = [...works].filter((each) => each.due <= end);
    return due.toSorted((a, b) => a.due - b.due)[0];
  }

  return {
    stopwatch: () => now,
    schedule: (work, millis) => {
      const scheduled = { due: now + millis, work };
      works.add(scheduled);
      return () => {
        works.delete(scheduled);
      };
    },
    async advance(millis) {
      const end = now + millis;
      await settled();
      for (let next = nextUntil(end); next !== undefined; next = nextUntil(end)) {
        works.delete(next);
        now = Math.max(now, next.due);
        next.work();
        await settled();
      }
      now = end;
    },
    scheduled: () => works.size,
  };
}

/** Everything that could have run by now has run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
