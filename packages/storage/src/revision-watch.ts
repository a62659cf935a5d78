import type { RevisionChange, RevisionListener } from "./storage.js";

/** The listeners of a storage. */
export interface RevisionWatch {
  /** Adds a listener. @returns Removes it again. */
  watch(listener: RevisionListener): () => void;
  /** Calls every listener soon, each on its own: one that throws keeps no other from hearing of the change. */
  announce(change: RevisionChange): void;
}

interface Registration {
  readonly listener: RevisionListener;
}

/** Keeps the listeners of {@link Storage.watchRevisions} for an adapter. */
export function createRevisionWatch(): RevisionWatch {
  const registrations = new Set<Registration>();
  return {
    watch(listener) {
      const registration = { listener };
      registrations.add(registration);
      return () => {
        registrations.delete(registration);
      };
    },
    announce(change) {
      for (const registration of registrations) {
        // Nobody waits for this on purpose: a listener that throws shows up as an unhandled rejection, and not as the
        // failure of a change that was made.
        void tell(registration, change);
      }
    },
  };

  async function tell(registration: Registration, change: RevisionChange): Promise<void> {
    await Promise.resolve();
    if (registrations.has(registration)) {
      registration.listener({ ...change });
    }
  }
}
