import type { RevisionChange, Storage } from "@byot/storage";
import { expect, vi } from "vitest";

/** How long an adapter may take to tell of a change, in milliseconds; the waiting ends as soon as it did. */
export const patience = 3000;

/** A listener of a storage. */
export interface Listening {
  /** What it has heard of, in that order. */
  readonly heard: readonly RevisionChange[];
  /** Waits until it has heard of that many changes. */
  readonly hears: (count: number) => Promise<void>;
  /** Stops listening. */
  readonly stop: () => void;
}

/** Listens to the changes of a storage. */
export function listen(storage: Storage): Listening {
  const heard: RevisionChange[] = [];
  const stop = storage.watchRevisions((change) => heard.push(change));
  return {
    heard,
    hears: (count) =>
      vi.waitFor(() => expect(heard.length).toBeGreaterThanOrEqual(count), patience),
    stop,
  };
}
