import type { Schedule } from "../schedule.js";

/** What comes of work in so many milliseconds; `undefined` when nothing has by then, and the work goes on. */
export function within<Value>(
  work: Promise<Value>,
  millis: number,
  schedule: Schedule,
): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const callOff = schedule(() => resolve(undefined), millis);
    work.then(resolve, reject).finally(callOff);
  });
}
