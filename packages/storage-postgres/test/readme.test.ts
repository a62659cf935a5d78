import { readFile } from "node:fs/promises";
import { expect, test, vi } from "vitest";
import { useServer } from "./postgres-server.js";

const { freshUrl } = useServer();

async function readText(path: string): Promise<string> {
  return readFile(new URL(path, import.meta.url), "utf8");
}

test("the example of the README is the one that is tested", async () => {
  const [, quoted] = /```ts\n(.*?)```/s.exec(await readText("../README.md")) ?? [];

  expect(quoted).toBe(await readText("readme-example.ts"));
});

test("the example of the README says what comes out", async () => {
  vi.stubEnv("BYOT_DATABASE_URL", await freshUrl());
  const { heard, revision } = await import("./readme-example.js");
  vi.unstubAllEnvs();

  expect({ heard, revision }).toEqual({ heard: ["acme 1"], revision: 1 });
});

test("the README has at most 120 lines", async () => {
  expect((await readText("../README.md")).trimEnd().split("\n").length).toBeLessThanOrEqual(120);
});
