import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type ServerProcess, startServerProcess } from "@byot/testkit";

/** One of the two programmes, as they are built, and its environment. */
export interface Programme {
  /** Its file below `dist`. */
  readonly file: "main.js" | "demo-main.js";
  /** Its environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** A programme that answers. */
export interface StartedProgramme extends ServerProcess {
  /** Where it answers. */
  readonly url: string;
}

/** A programme that has ended by itself. */
export interface EndedProgramme {
  /** Its exit status. */
  readonly code: number | null;
  /** What it wrote to standard output. */
  readonly stdout: string;
  /** What it wrote to standard error. */
  readonly stderr: string;
}

const started: StartedProgramme[] = [];
const ready = { "main.js": /byot is ready/, "demo-main.js": /Ctrl-C stops byot/ };
const address = /(http:\/\/[^"/\s]+)/;

/** Starts a programme and waits until it is ready. */
export async function start({ file, env }: Programme): Promise<StartedProgramme> {
  const server = await startServerProcess({
    command: process.execPath,
    args: [pathOf(file)],
    env,
    readyPattern: ready[file],
  });
  const url = address.exec(server.stdout())?.[1] ?? "";
  const programme = { ...server, url };
  started.push(programme);
  return programme;
}

/** Ends every programme that a test has started. */
export async function stopAll(): Promise<void> {
  await Promise.all(started.splice(0).map((programme) => programme.stop()));
}

/** Runs a programme that ends by itself. */
export async function runToEnd({ file, env }: Programme): Promise<EndedProgramme> {
  const child = spawn(process.execPath, [pathOf(file)], {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 20_000,
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  await once(child, "close");
  return { code: child.exitCode, stdout, stderr };
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(`../../dist/${file}`, import.meta.url));
}
