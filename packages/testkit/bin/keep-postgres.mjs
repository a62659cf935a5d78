/* oxlint-disable typescript/no-unsafe-assignment -- Node.js 20 runs no TypeScript */

// Runs PostgreSQL for a test and ends it with the test, however the test ends: when the pipe of its standard input
// closes, PostgreSQL is shut down and its folder removed. Before that, each line on standard input is the name of a
// signal to send. Arguments: a JSON object and the command line of PostgreSQL.

import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";

const shutdownMillis = 10_000;

const [options, command, ...args] = process.argv.slice(2);
const { folder, account } = JSON.parse(options);
const postgres = spawn(command, args, {
  ...account,
  cwd: folder,
  stdio: ["ignore", "ignore", "inherit"],
});
let isOrphaned = false;

const lines = createInterface({ input: process.stdin });
lines.on("line", (signal) => postgres.kill(signal));
lines.on("close", () => {
  isOrphaned = true;
  // The fast shutdown: connections are ended, what was committed is written.
  postgres.kill("SIGINT");
  setTimeout(() => postgres.kill("SIGKILL"), shutdownMillis).unref();
});

// Ctrl-C reaches PostgreSQL as well, which then shuts down: this process waits for it.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => lines.close());

postgres.on("exit", (code) => {
  if (isOrphaned) {
    rmSync(folder, { recursive: true, force: true });
  }
  process.exit(code ?? 1);
});
