import { parentPort, workerData } from "node:worker_threads";
import { connect, type ConnectionOptions } from "../connect.js";
import { createDecisionWriter } from "../decisions/decision-writer.js";
import { serveCalls } from "./serve-calls.js";

// The script of the thread that owns the connection through which the decision log is written, so that no commit ever
// stops the process. The file is brought up to date before the thread starts.
function serveWriter(options: ConnectionOptions): void {
  if (parentPort === null) {
    throw new TypeError("this script is the one of a thread");
  }
  const client = connect(options);
  // An answered append survives a power failure.
  client.pragma("synchronous = FULL");
  serveCalls(parentPort, {
    handlers: createDecisionWriter(client),
    close: () => client.close(),
  });
}

serveWriter(workerData);
