import { parentPort, workerData } from "node:worker_threads";
import type { ConnectionOptions } from "../connect.js";
import { createDecisionReader } from "../decisions/decision-reader.js";
import { connectToRead } from "./connect-to-read.js";
import { serveCalls } from "./serve-calls.js";

// The script of the thread that reads what takes long.
function serveReader(options: ConnectionOptions): void {
  if (parentPort === null) {
    throw new TypeError("this script is the one of a thread");
  }
  const client = connectToRead(options);
  serveCalls(parentPort, {
    handlers: createDecisionReader({
      client,
      // A connection for each snapshot, so that others can be read meanwhile.
      async snapshot(read) {
        const shown = connectToRead(options);
        try {
          shown.exec("BEGIN");
          return await read(shown);
        } finally {
          shown.close();
        }
      },
    }),
    close: () => client.close(),
  });
}

serveReader(workerData);
