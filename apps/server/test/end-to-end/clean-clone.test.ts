import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import { makeTemporaryFolder } from "@byot/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { fencedBlocks, readReadme, repository, runStep, storyOf } from "./readme-story.js";

const run = promisify(execFile);
const quarterHour = 900_000;

// Inside the clone the tests run again, without this variable: so it ends there.
const isAskedFor = process.env["BYOT_NESTED"] === "1";

// What a newcomer's shell has. The package manager that runs this test tells its children, among other things, to
// install nothing.
const environment = Object.fromEntries(
  ["PATH", "HOME", "TMPDIR", "CI", "npm_config_nodedir"].flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  ),
);

async function cloneRepository(): Promise<string> {
  const folder = await makeTemporaryFolder();
  onTestFinished(() => folder.remove());
  const clone = join(folder.path, "byot");
  await run("git", ["clone", "--quiet", repository, clone]);
  return clone;
}

/** Starts a command in a process group of its own and waits until it has printed what it should. */
async function startUntil(command: string, folder: string, ready: RegExp): Promise<string> {
  const child = spawn("sh", ["-c", command], { cwd: folder, env: environment, detached: true });
  const exited = once(child, "exit");
  onTestFinished(async () => {
    if (child.pid !== undefined && child.exitCode === null) {
      process.kill(-child.pid, "SIGTERM");
      await exited;
    }
  });
  let printed = "";
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      printed += chunk.toString();
      if (ready.test(printed)) {
        resolve();
      }
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("exit", () => {
      reject(new Error(`\`${command}\` ended before it was ready:\n${printed}`));
    });
  });
  return printed;
}

describe.skipIf(!isAskedFor)(
  "a clean clone (only with BYOT_NESTED=1: it installs everything anew)",
  () => {
    test(
      "starts, tells the README's story and passes its tests, with the README's own commands",
      { timeout: quarterHour },
      async () => {
        const readme = await readReadme();
        const commands = fencedBlocks(readme).flatMap(({ language, text }) =>
          language === "sh" ? [text.trim()] : [],
        );
        const start = commands.find((command) => command.endsWith(" start")) ?? "";
        const testAll = commands.find((command) => command.endsWith(" test")) ?? "";
        const clone = await cloneRepository();

        const printed = await startUntil(start, clone, /starting again finds its data/);
        for (const { command, json, text } of storyOf(readme)) {
          const answer = await runStep(command, clone);
          expect(answer).toBe(text ?? answer);
          expect(json === undefined ? {} : JSON.parse(answer)).toMatchObject(json ?? {});
        }
        const tests = await run("sh", ["-c", testAll], {
          cwd: clone,
          env: environment,
          maxBuffer: 64 * 1024 * 1024,
        });

        // What takes time is announced before it begins.
        expect(printed).toMatch(/installing dependencies[^]*byot: building[^]*byot is up/);
        expect(tests.stdout).toMatch(/Tests .*passed/);
        const { stdout: changes } = await run("git", ["status", "--porcelain"], { cwd: clone });
        expect(changes).toBe("");
      },
    );
  },
);
