import { setInterval } from "node:timers/promises";
import {
  launchProcess,
  type LaunchedProcess,
  type ProcessExit,
  type ProcessOptions,
} from "./launch-process.js";

/** How a test knows that a server is ready: one of the two. */
export type ServerReadiness =
  | {
      /** Looked for in all that the server has written to standard output. */
      readonly readyPattern: RegExp;
    }
  | {
      /** Asked again and again until it answers with a status of 200 to 299. */
      readonly readyUrl: string;
    };

/** A server to be started as a process of its own. */
export type ServerProcessOptions = ProcessOptions &
  ServerReadiness & {
    /** How long it may take to be ready, in milliseconds. @defaultValue `30_000` */
    readonly timeoutMs?: number;
  };

/** A server that runs as a process of its own. */
export interface ServerProcess {
  /** Its process id. */
  readonly pid: number | undefined;
  /** What it has written so far to standard output. */
  readonly stdout: () => string;
  /** What it has written so far to standard error. */
  readonly stderr: () => string;
  /** Resolves when it has ended, whoever ended it. */
  readonly exited: Promise<ProcessExit>;
  /**
   * Sends it a signal, `SIGTERM` unless told otherwise, and waits until it has ended; after 10
   * seconds it is killed. Once it has ended nothing is sent. Processes it has started itself are
   * its own affair.
   */
  readonly stop: (signal?: NodeJS.Signals) => Promise<ProcessExit>;
}

const defaultTimeoutMs = 30_000;
const pollEveryMs = 25;
const killAfterMs = 10_000;

/**
 * Starts a server and waits until it is ready.
 *
 * @throws Error with the output of the server when it ends before it is ready or is not ready in
 * time; it runs no longer then. Error of the system when there is no such program or folder.
 */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const launched = await launchProcess(options);
  const { child, stdout, stderr, exited } = launched;
  const failure = await waitUntilReady(launched, options);
  if (failure !== undefined) {
    await stopProcess(launched, "SIGKILL");
    throw new Error(`the server ${failure}\n${stdout()}${stderr()}`);
  }
  const stop: ServerProcess["stop"] = (signal = "SIGTERM") => stopProcess(launched, signal);
  return { pid: child.pid, stdout, stderr, exited, stop };
}

/** Resolves to what went wrong, or to `undefined` when the server is ready. */
async function waitUntilReady(
  launched: LaunchedProcess,
  options: ServerProcessOptions,
): Promise<string | undefined> {
  const { timeoutMs = defaultTimeoutMs } = options;
  const deadline = performance.now() + timeoutMs;
  const remainingMs = (): number => deadline - performance.now();
  for await (const left of setInterval(pollEveryMs, remainingMs)) {
    if (hasEnded(launched)) {
      const { code, signal } = await launched.exited;
      return `ended with ${signal ?? `code ${code}`} before it was ready`;
    }
    if (left() <= 0) {
      break;
    }
    if (await isReady(launched, { ...options, timeoutMs: left() })) {
      return undefined;
    }
  }
  return `was not ready within ${timeoutMs} ms`;
}

async function isReady(launched: LaunchedProcess, options: ServerProcessOptions): Promise<boolean> {
  if ("readyPattern" in options) {
    return launched.stdout().search(options.readyPattern) !== -1;
  }
  try {
    const signal = AbortSignal.timeout(Math.ceil(options.timeoutMs ?? defaultTimeoutMs));
    const response = await fetch(options.readyUrl, { signal });
    await response.body?.cancel();
    return response.ok;
  } catch {
    // Not listening yet, or too slow: asked again while there is time.
    return false;
  }
}

function hasEnded({ child }: LaunchedProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function stopProcess(
  { child, exited }: LaunchedProcess,
  signal: NodeJS.Signals,
): Promise<ProcessExit> {
  // `kill` does nothing to a child that has ended, so a process id in new hands is safe.
  child.kill(signal);
  const killer = setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  try {
    return await exited;
  } finally {
    clearTimeout(killer);
  }
}
