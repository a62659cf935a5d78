import type { RefusalRecorder, RefusalRecorderParts } from "./refusal-recorder.js";

/** Puts a refusal recorder together. */
export function createRefusalRecorder(parts: RefusalRecorderParts): RefusalRecorder {
  throw new TypeError(`not ready: ${String(parts)}`);
}
