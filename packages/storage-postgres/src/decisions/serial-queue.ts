/** Does one work after the other, in the order they came in. */
export type SerialQueue = <Answer>(work: () => Promise<Answer>) => Promise<Answer>;

/** Makes an empty queue. */
export function createSerialQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const current = last.then(work);
    // The failure of one is no matter of the next.
    last = current.catch(() => undefined);
    return current;
  };
}
