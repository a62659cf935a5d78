import { existsSync } from "node:fs";
import { mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeTemporaryFolder } from "@byot/testkit";

describe("makeTemporaryFolder", () => {
  test("makes an empty folder for the own user alone", async () => {
    const { path, remove } = await makeTemporaryFolder();

    expect(isAbsolute(path)).toBe(true);
    expect(await readdir(path)).toEqual([]);
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    await remove();
  });

  test("makes another folder every time", async () => {
    const first = await makeTemporaryFolder();
    const second = await makeTemporaryFolder();

    expect(first.path).not.toBe(second.path);
    await Promise.all([first.remove(), second.remove()]);
  });

  test("removes the folder with all that is in it, and again without complaint", async () => {
    const { path, remove } = await makeTemporaryFolder();
    await mkdir(join(path, "data"));
    await writeFile(join(path, "data", "file"), "x");

    await remove();
    await remove();

    expect(existsSync(path)).toBe(false);
  });
});
