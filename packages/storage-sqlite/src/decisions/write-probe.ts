import type { Database } from "better-sqlite3";
import { withBusyTimeout } from "../with-busy-timeout.js";

// Appends wait behind a probe.
const mostLockMillis = 100;

/** Whether something can be written now. */
export type WriteProbe = () => boolean;

/**
 * Prepares a write that changes nothing and yet reaches the disk: taking the lock alone would not notice that the disk
 * is full. SQLite keeps the user version for applications; this one has no other use for it.
 */
export function createWriteProbe(client: Database): WriteProbe {
  const probe = client.transaction(() => {
    const version = Number(client.pragma("user_version", { simple: true }));
    client.pragma(`user_version = ${version === 0 ? 1 : 0}`);
  });
  return () => {
    try {
      withBusyTimeout(client, mostLockMillis, () => probe.immediate());
      return true;
    } catch {
      return false;
    }
  };
}
