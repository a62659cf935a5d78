import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { problemCatalogue } from "@byot/api-contract";
import { makeTemporaryFolder } from "@byot/testkit";
import { afterEach, expect, test } from "vitest";
import { readConfiguration } from "../src/configuration.js";
import { everyRoute } from "./support/every-route.js";
import { start, stopAll } from "./start/programme.js";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
const rows = readme.split("\n").filter((line) => line.startsWith("|"));
const hasCurl = await promisify(execFile)("curl", ["--version"]).then(
  () => true,
  () => false,
);

afterEach(stopAll);

test("begins with the description of the package", async () => {
  const text = await readFile(new URL("../package.json", import.meta.url), "utf8");

  expect(JSON.parse(text)).toMatchObject({ description: readme.split("\n")[2] });
});

test.each(everyRoute)("lists $title with its method and scope", ({ route }) => {
  const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
  const below = path.replace("/v1/workspaces", "");
  const isItem = below === "/{workspace}" || below.endsWith("/{key}");
  const list = isItem ? below.slice(0, below.lastIndexOf("/")) : below;
  const row = rows.find((line) => line.startsWith(`| \`${list === "" ? "/" : list}\``));
  const [, , ofList, ofItem, allowed] = row?.split("|") ?? [];

  expect(isItem ? ofItem : ofList).toContain(route.method.toUpperCase());
  expect(allowed).toContain(route.access === "token" ? "none" : `\`${route.access}\``);
});

test("lists every variable that is known, with its default", () => {
  const read = readConfiguration({ BYOT_X: "1" });
  const [problem = ""] = read.ok ? [] : read.problems;
  const known = problem.split("known are ")[1]?.split(", ") ?? [];

  expect(known.length).toBeGreaterThan(5);
  for (const name of known) {
    expect(rows.filter((line) => line.startsWith(`| \`${name}\` `))).toHaveLength(1);
  }
});

test("lists every problem but the token's, beside its status", () => {
  const listed = Object.entries(problemCatalogue).filter(([code]) => !code.startsWith("token_"));

  for (const [code, { status }] of listed) {
    expect(rows.find((line) => line.includes(`\`${code}\``))).toContain(String(status));
  }
});

test.skipIf(!hasCurl)("shows commands that set a workspace up and ask it", async () => {
  const folder = await makeTemporaryFolder();
  const env = { PORT: "0", BYOT_DATA_DIR: join(folder.path, ".byot") };
  const { url } = await start({ file: "main.js", env });
  const [, , example = ""] = readme.split("```sh\n").map((part) => part.split("```")[0]);

  const script = example.replace("http://127.0.0.1:8787", url);
  const { stdout } = await promisify(execFile)("sh", ["-eu", "-c", script], {
    cwd: folder.path,
    env: { PATH: process.env["PATH"], TOKEN: "not-a-token" },
  });
  await folder.remove();

  expect(stdout.match(/"version":\d/g)).toHaveLength(5);
  expect(stdout).toContain('"id":"my-clerk-provider"');
  expect(stdout).toContain('"code":"token_malformed"');
});
