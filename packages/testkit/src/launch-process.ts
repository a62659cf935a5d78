import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";

/** A program to be started without a shell. */
export interface ProcessOptions {
  /** The program, a path or a name that `PATH` finds. */
  readonly command: string;
  /** Its arguments. @defaultValue `[]` */
  readonly args?: readonly string[];
  /**
   * Its environment. Of the environment of the test only `PATH`, `HOME` and `TMPDIR` come with it,
   * so that what a developer has set cannot change a result. @defaultValue `{}`
   */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder it runs in. @defaultValue that of the test */
  readonly cwd?: string;
}

/** How a process ended. */
export interface ProcessExit {
  /** The exit code; `null` when a signal ended the process. */
  readonly code: number | null;
  /** The signal that ended the process; `null` when it ended by itself. */
  readonly signal: NodeJS.Signals | null;
}

/** A process that has been started, running or ended. */
export interface LaunchedProcess {
  /** The child itself; signals go to it and to nothing else. */
  readonly child: ChildProcess;
  /** What it has written so far to standard output. */
  readonly stdout: () => string;
  /** What it has written so far to standard error. */
  readonly stderr: () => string;
  /** Resolves when it has ended and its output has arrived. */
  readonly exited: Promise<ProcessExit>;
}

const inheritedVariables: ReadonlySet<string> = new Set(["PATH", "HOME", "TMPDIR"]);

// Long enough for the last lines of a process to arrive, and a bound where another process has
// inherited its pipes and keeps them open.
const lastOutputMs = 500;

/**
 * Starts a process and collects what it writes.
 *
 * @throws Error of the system when there is no such program or folder.
 */
export async function launchProcess(options: ProcessOptions): Promise<LaunchedProcess> {
  const { command, args = [], cwd = process.cwd() } = options;
  const env = environmentOf(options);
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const stdout = collectText(child.stdout);
  const stderr = collectText(child.stderr);
  const exited = waitForExit(child);
  await once(child, "spawn");
  endWithTest(child);
  return { child, stdout, stderr, exited };
}

function environmentOf({ env = {} }: ProcessOptions): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => inheritedVariables.has(name));
  return { ...Object.fromEntries(own), ...env };
}

function collectText(stream: Readable): () => string {
  let text = "";
  stream.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

async function waitForExit(child: ChildProcess): Promise<ProcessExit> {
  const closed = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
  });
  const exit = await new Promise<ProcessExit>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  await Promise.race([closed, delay(lastOutputMs)]);
  return exit;
}

/** No process outlives the test that started it, not even when the test forgets to stop it. */
function endWithTest(child: ChildProcess): void {
  const kill = (): void => {
    child.kill("SIGKILL");
  };
  process.once("exit", kill);
  child.once("exit", () => process.removeListener("exit", kill));
}
