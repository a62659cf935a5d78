/** The only way this package learns the time; tests pass a fixed one. */
export type Clock = () => Date;
