import type { WriterHost } from "./decisions/writer-calls.js";
import type { SqliteDatabase } from "./open-database.js";
import { withBusyTimeout } from "./with-busy-timeout.js";

// A probe that comes back later than this came too late for whoever asked.
const mostMillis = 5000;
// The process stands still while the configuration's lock is waited for.
const mostLockMillis = 100;

/** Makes the question whether both files can be written now. */
export function createReadiness(
  configuration: SqliteDatabase,
  writer: WriterHost,
): () => Promise<boolean> {
  let asked: Promise<boolean> | undefined;

  async function ask(): Promise<boolean> {
    try {
      return canLock(configuration) && (await inTime(writer.call("canWrite", undefined)));
    } catch {
      return false;
    }
  }

  // Whoever asks meanwhile shares the answer, so that no number of them keeps records from being written.
  return () => {
    asked ??= ask().finally(() => {
      asked = undefined;
    });
    return asked;
  };
}

/** Whether the write lock can be had: not when the file is read-only, locked or gone bad. */
function canLock({ $client: client }: SqliteDatabase): boolean {
  const lock = client.transaction(() => undefined);
  try {
    withBusyTimeout(client, mostLockMillis, () => lock.immediate());
    return true;
  } catch {
    return false;
  }
}

/** The answer, or `false` when it does not come in time, behind a long append for instance. */
function inTime(answer: Promise<boolean>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(false), mostMillis);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
