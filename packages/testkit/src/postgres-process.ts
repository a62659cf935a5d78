import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { ProcessAccount } from "./postgres-account.js";

/** Which server to start. */
export interface PostgresCommand {
  /** The program. */
  readonly postgres: string;
  /** The folder of the server: its files are in `data`, its socket beside them. */
  readonly folder: string;
  /** Whom it runs as; absent for the own user. */
  readonly account?: ProcessAccount;
  /** The port of 127.0.0.1 to listen on. */
  readonly port: number;
  /** Settings, as in `postgresql.conf`. */
  readonly settings: Readonly<Record<string, string>>;
}

/** A server that accepts connections. */
export interface PostgresProcess {
  /** Sends a signal to it and waits until it has ended; its files stay. */
  readonly end: (signal: "SIGINT" | "SIGKILL") => Promise<void>;
  /** Shuts it down and removes its folder. Doing it again does nothing. */
  readonly remove: () => Promise<void>;
}

// Beside `src` as well as beside `dist`.
const keeper = fileURLToPath(new URL("../bin/keep-postgres.mjs", import.meta.url));
const startMillis = 30_000;
const restartMillis = 10_000;
const retryMillis = 20;
const readyLine = "database system is ready to accept connections";

/**
 * Starts PostgreSQL on files that exist. It ends with this process, however this process ends.
 *
 * @throws Error with what it wrote when it does not come up.
 */
export async function startPostgresProcess(command: PostgresCommand): Promise<PostgresProcess> {
  const { postgres, folder, account } = command;
  const options = JSON.stringify({ folder, account: account ?? {} });
  const child = spawn(process.execPath, [keeper, options, postgres, ...argsOf(command)], {
    stdio: ["pipe", "ignore", "pipe"],
  });
  const ended = once(child, "exit");
  // The keeper may be gone when it is told to end.
  child.stdin.on("error", () => undefined);
  const output = await outputUntilReady(child);
  if (output !== undefined) {
    // It has ended, or is too slow; its files stay, for there may be another attempt.
    child.stdin.write("SIGKILL\n");
    await ended;
    throw new Error(`PostgreSQL did not start\n${output}`);
  }
  return {
    async end(signal) {
      child.stdin.write(`${signal}\n`);
      await ended;
    },
    async remove() {
      child.stdin.end();
      await ended;
    },
  };
}

/**
 * Starts a server again that has just ended. Where it was killed, its children are seen to run for a moment still, and
 * keep the next one from starting.
 */
export async function restartPostgresProcess(command: PostgresCommand): Promise<PostgresProcess> {
  const deadline = performance.now() + restartMillis;
  for (;;) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- each attempt follows from the one before
      return await startPostgresProcess(command);
    } catch (error) {
      if (performance.now() > deadline) {
        throw error;
      }
    }
    // oxlint-disable-next-line no-await-in-loop -- each attempt follows from the one before
    await delay(retryMillis);
  }
}

function argsOf({ folder, port, settings }: PostgresCommand): readonly string[] {
  const all = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: folder,
    ...settings,
  };
  return [
    "-D",
    `${folder}/data`,
    ...Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
}

/** Resolves to `undefined` when the server is ready, else to what it wrote before it ended or the time was over. */
async function outputUntilReady({ stderr }: ChildProcess): Promise<string | undefined> {
  let output = "";
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(output), startMillis);
    stderr?.setEncoding("utf8");
    stderr?.on("data", (chunk: string) => {
      // What comes later is of no use, but has to be read: a full pipe would stop the server.
      output = `${output}${chunk}`.slice(-10_000);
      if (output.includes(readyLine)) {
        clearTimeout(timer);
        resolve(undefined);
      }
    });
    stderr?.once("end", () => {
      clearTimeout(timer);
      resolve(output);
    });
  });
}
