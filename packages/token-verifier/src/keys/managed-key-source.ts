import type { KeySource } from "./key-source.js";
import type { KeySourceStatus } from "./key-source-status.js";

/** A key source that can be looked into and told to fetch. */
export interface ManagedKeySource extends KeySource {
  /** How the keys are doing; looking is no use. */
  status(): KeySourceStatus;
  /** Fetches at once, or joins the fetch under way. */
  refresh(): Promise<void>;
}

/** How keys are doing that nobody has used yet. */
export const unusedStatus: KeySourceStatus = Object.freeze<KeySourceStatus>({
  state: "empty",
  keys: [],
  droppedKeys: [],
  failures: 0,
  fetches: 0,
  fetching: false,
});
