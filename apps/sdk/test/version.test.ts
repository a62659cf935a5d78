import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { version } from "../src/version.js";

test("the version that the client names is the package's", async () => {
  const text = await readFile(new URL("../package.json", import.meta.url), "utf8");

  expect(JSON.parse(text)).toMatchObject({ version });
});
