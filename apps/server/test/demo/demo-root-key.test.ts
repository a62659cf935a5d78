import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeTemporaryFolder, type TemporaryFolder } from "@byot/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { apiKeyId } from "../../src/access/api-key.js";
import { demoRootKey } from "../../src/demo/demo-root-key.js";

const chosen = `byot_AAAAAAAA_${"B".repeat(43)}`;

let folder: TemporaryFolder;
let file: string;

beforeEach(async () => {
  folder = await makeTemporaryFolder();
  file = join(folder.path, "root-key");
});

afterEach(() => folder.remove());

test("is made, written for its owner alone and taken up again", async () => {
  const made = await demoRootKey(file, undefined);
  const again = await demoRootKey(file, undefined);

  expect(apiKeyId(made)).toBeDefined();
  expect(again).toBe(made);
  expect(await readFile(file, "utf8")).toBe(`${made}\n`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test("is the chosen one, at the next start without a choice too", async () => {
  const made = await demoRootKey(file, undefined);

  const keys = [await demoRootKey(file, chosen), await demoRootKey(file, undefined)];

  expect(keys).toEqual([chosen, chosen]);
  expect(made).not.toBe(chosen);
});

test("replaces what is no key", async () => {
  await writeFile(file, "admin\n");

  expect(apiKeyId(await demoRootKey(file, undefined))).toBeDefined();
});
