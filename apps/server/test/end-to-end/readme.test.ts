import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import {
  makeTemporaryFolder,
  type ServerProcess,
  startServerProcess,
  type TemporaryFolder,
} from "@byot/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { orderApproval, premiumAccess } from "../../src/demo/demo-policies.js";
import { readReadme, repository, runStep, storyOf } from "./readme-story.js";

const readme = await readReadme();
const story = storyOf(readme);

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

describe("the README", () => {
  test("tells a story of several commands", () => {
    expect(story.length).toBeGreaterThanOrEqual(8);
  });

  test("quotes its example to the letter", async () => {
    const example = await readFile(join(repository, "examples/src/approve-order.ts"), "utf8");

    expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``);
  });

  test.each([
    ["premium_access", premiumAccess],
    ["order_approval", orderApproval],
  ])("shows the demo's policy %s as an example", async (name, policy) => {
    const example = await readFile(join(repository, `examples/policies/${name}.json`), "utf8");

    expect(JSON.parse(example)).toEqual(policy);
  });

  // One after the other: what one command sets up, the next one uses.
  test.for(story.map((step) => [step.command.trim().split("\n").at(0) ?? "", step] as const))(
    "shows what really comes of: %s",
    async ([, { command, json, text }]) => {
      const printed = await runStep(command, folder.path);

      expect(printed).toBe(text ?? printed);
      expect(json === undefined ? {} : JSON.parse(printed)).toMatchObject(json ?? {});
    },
  );
});
