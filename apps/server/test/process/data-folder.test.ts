import { chmod, mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { makeTemporaryFolder, type TemporaryFolder } from "@byot/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDataFolder } from "../../src/process/data-folder.js";

let parent: TemporaryFolder;
let path: string;

beforeEach(async () => {
  parent = await makeTemporaryFolder();
  path = join(parent.path, "a", "data");
});

afterEach(() => parent.remove());

async function modeOf(file: string): Promise<number> {
  return (await stat(file)).mode & 0o777;
}

test("is made for its owner alone", async () => {
  await openDataFolder(path, "production");

  expect(await modeOf(path)).toBe(0o700);
  expect(await readdir(path)).toEqual([]);
});

test("keeps the mode of a folder that was there, which others may share", async () => {
  await mkdir(path, { recursive: true });
  await chmod(path, 0o755);

  await openDataFolder(path, "production");

  expect(await modeOf(path)).toBe(0o755);
});

test("names its files by absolute paths, wherever it was named from", async () => {
  const folder = await openDataFolder(relative(process.cwd(), path), "production");

  expect(folder).toEqual({
    path,
    database: join(path, "byot.db"),
    rootKey: join(path, "root-key"),
    demoSigningKey: join(path, "demo-signing-key.json"),
    demoEnvironment: join(path, "demo.env"),
  });
});

test.each(["demo", "production"] as const)("is found again by %s", async (use) => {
  const first = await openDataFolder(path, use);
  await writeFile(first.database, "");

  expect(await openDataFolder(path, use)).toEqual(first);
});

test("of the demo is marked, and refused for production", async () => {
  await openDataFolder(path, "demo");

  expect(await modeOf(join(path, "DEMO"))).toBe(0o600);
  const opened = openDataFolder(path, "production");

  await expect(opened).rejects.toMatchObject({ name: "StartProblem" });
  await expect(opened).rejects.toThrow("was made by the demo");
});

test.each(["byot.db", "root-key"])(
  "of production, known by %s, is refused for the demo",
  async (name) => {
    await openDataFolder(path, "production");
    await writeFile(join(path, name), "");

    const opened = openDataFolder(path, "demo");

    await expect(opened).rejects.toMatchObject({ name: "StartProblem" });
    await expect(opened).rejects.toThrow("holds data that the demo did not make");
    expect(await readdir(path)).toEqual([name]);
  },
);

test("cannot be a file", async () => {
  const file = join(parent.path, "file");
  await writeFile(file, "");

  await expect(openDataFolder(file, "production")).rejects.toMatchObject({ name: "StartProblem" });
  await expect(openDataFolder(join(file, "below"), "demo")).rejects.toMatchObject({
    name: "StartProblem",
  });
});
