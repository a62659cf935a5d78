/** A clock that stands still until a test moves it. */
export interface SettableClock {
  /** The time the clock shows. A new `Date` at every call; usable without its object. */
  readonly now: () => Date;
  /** Shows another time from now on, earlier ones included. */
  readonly set: (time: Date | string) => void;
  /** Moves the time by so many seconds; a negative number moves it back. */
  readonly advanceSeconds: (seconds: number) => void;
}

/**
 * Makes a clock that stands at `start`, a `Date` or text such as `2026-01-15T10:00:00Z`.
 *
 * @throws TypeError when a time is not a date, at the start or later.
 */
export function createSettableClock(start: Date | string): SettableClock {
  let milliseconds = millisecondsOf(start);
  return {
    now: () => new Date(milliseconds),
    set: (time) => {
      milliseconds = millisecondsOf(time);
    },
    advanceSeconds: (seconds) => {
      milliseconds = millisecondsOf(new Date(milliseconds + seconds * 1000));
    },
  };
}

function millisecondsOf(time: Date | string): number {
  const milliseconds = new Date(time).getTime();
  if (Number.isNaN(milliseconds)) {
    throw new TypeError(`\`${String(time)}\` is not a date`);
  }
  return milliseconds;
}
