/**
 * Does work once, after that many milliseconds, unless it is called off before; the only way this package lets time
 * pass. On Node: `(work, millis) => { const timer = setTimeout(work, millis); return () => clearTimeout(timer); }`.
 *
 * @returns Calls it off; does nothing when the work is done.
 */
export type Schedule = (work: () => void, millis: number) => () => void;
