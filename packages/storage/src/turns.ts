/** Lets one thing at a time happen. */
export interface Turns {
  /** Does the work after all that came before it has ended, well or not. Settles as the work does. */
  take<Answer>(work: () => Promise<Answer>): Promise<Answer>;
}

/** Makes turns that nobody has taken yet. */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take(work) {
      const turn = last.then(work);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
