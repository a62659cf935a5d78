/** The only way this package learns the time; tests pass a fixed one. */
export type Clock = () => Date;

/** The clock of the machine. */
export function systemClock(): Date {
  return new Date();
}
