import type { Schedule } from "@byot/authorizer";

/** Time as it passes, for work that has to be done: the process lives until it is. */
export const scheduleTimeout: Schedule = (work, millis) => {
  const timer = setTimeout(work, millis);
  return () => {
    clearTimeout(timer);
  };
};

/** Time as it passes, for work that can be left undone: the process may end before. */
export const scheduleLater: Schedule = (work, millis) => {
  const timer = setTimeout(work, millis).unref();
  return () => {
    clearTimeout(timer);
  };
};
