import type { Database } from "better-sqlite3";

/** Does work that waits for the lock of another connection no longer than that, nor longer than usual. */
export function withBusyTimeout<Answer>(
  client: Database,
  mostMillis: number,
  work: () => Answer,
): Answer {
  const usual = Number(client.pragma("busy_timeout", { simple: true }));
  client.pragma(`busy_timeout = ${Math.min(usual, mostMillis)}`);
  try {
    return work();
  } finally {
    client.pragma(`busy_timeout = ${usual}`);
  }
}
