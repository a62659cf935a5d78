import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";

const longestMillis = 10;

/** Makes pauses for work that takes long: whoever waits for one lets others have their turn, every 10 ms. */
export function createPauses(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since > longestMillis) {
      await setImmediate();
      since = performance.now();
    }
  };
}
