import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import {
  makeTemporaryFolder,
  type ServerProcess,
  startServerProcess,
  type TemporaryFolder,
} from "@byot/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fencedBlocks, repository, runStep } from "./readme-story.js";

const blocks = fencedBlocks(await readFile(join(repository, "examples/README.md"), "utf8"));
const examples = blocks.flatMap(({ language, text }, index) =>
  language === "sh" ? [{ command: text.trim(), printed: blocks[index + 1]?.text }] : [],
);

let folder: TemporaryFolder;
let demo: ServerProcess;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  await symlink(join(repository, "examples"), join(folder.path, "examples"));
  demo = await startServerProcess({
    command: process.execPath,
    args: [join(repository, "apps/server/dist/demo-main.js")],
    env: { PORT: "0", BYOT_LOG_LEVEL: "warn" },
    cwd: folder.path,
    readyPattern: /byot is up/,
  });
}, 30_000);

afterAll(async () => {
  await demo.stop();
  await folder.remove();
});

describe("the examples", () => {
  test("are three or more", () => {
    expect(examples.length).toBeGreaterThanOrEqual(3);
  });

  test.each(examples)("print what is written below: $command", async ({ command, printed }) => {
    expect(await runStep(command, folder.path)).toBe(printed);
  });
});
