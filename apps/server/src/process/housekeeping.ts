import type { Schedule } from "@byot/authorizer";

/** What is done again and again, and when. */
export interface HousekeepingParts {
  /** The work; it should end early once `isStopped` says so. */
  readonly task: (isStopped: () => boolean) => Promise<void>;
  /** Is told when the work has failed; it is done again at its next time all the same. */
  readonly onFailed: (error: unknown) => void;
  /** How time passes. */
  readonly schedule: Schedule;
}

/** Work that is done again and again. */
export interface Housekeeping {
  /** Ends it: no work begins any more. Resolves when what was under way has ended. */
  stop(): Promise<void>;
}

// Soon, since a server that is started anew every day would otherwise hardly ever get to it.
const firstDelayMillis = 60_000;
const hourMillis = 3_600_000;

/** Does the work a minute after the start, and an hour after each time it has ended. */
export function startHousekeeping({ task, onFailed, schedule }: HousekeepingParts): Housekeeping {
  let isStopped = false;
  let underWay = Promise.resolve();
  let callOff = schedule(begin, firstDelayMillis);

  function begin(): void {
    underWay = work();
  }

  async function work(): Promise<void> {
    try {
      await task(() => isStopped);
    } catch (error) {
      onFailed(error);
    }
    if (!isStopped) {
      callOff = schedule(begin, hourMillis);
    }
  }

  return {
    stop() {
      isStopped = true;
      callOff();
      return underWay;
    },
  };
}
