import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { makeTemporaryFolder } from "@byot/testkit";
import { afterEach, expect, test } from "vitest";
import { readConfiguration } from "../src/configuration.js";
import { start, stopAll } from "./start/programme.js";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
const hasCurl = await promisify(execFile)("curl", ["--version"]).then(
  () => true,
  () => false,
);

afterEach(stopAll);

test("begins with the description of the package", async () => {
  const text = await readFile(new URL("../package.json", import.meta.url), "utf8");

  expect(JSON.parse(text)).toMatchObject({ description: readme.split("\n")[2] });
});

const [, , setUp = "", logs = "", makeKey = ""] = readme
  .split("```sh\n")
  .map((part) => part.split("```")[0]);

async function runScript(script: string, cwd: string): Promise<string> {
  const env = { PATH: process.env["PATH"], TOKEN: "not-a-token" };
  return (await promisify(execFile)("sh", ["-eu", "-c", script], { cwd, env })).stdout;
}

test.skipIf(!hasCurl)(
  "shows commands that set a workspace up, ask it and read its logs",
  async () => {
    const folder = await makeTemporaryFolder();
    const env = { PORT: "0", BYOT_DATA_DIR: join(folder.path, ".byot") };
    const { url } = await start({ file: "main.js", env });

    const script = `${setUp}\necho\n${logs}`.replace("http://127.0.0.1:8787", url);
    const [made = "", read = ""] = (await runScript(script, folder.path)).split("\n");
    const kept = await readFile(join(folder.path, "checkpoint.json"), "utf8");
    await folder.remove();

    expect(made.match(/"version":\d/g)).toHaveLength(5);
    expect(made).toContain('"id":"my-clerk-provider"');
    expect(made).toContain('"code":"token_malformed"');
    expect(read).toMatch(/^\{"data":\[\],"page"/);
    expect(read).toContain('"kind":"policy","key":"premium_access","operation":"create"');
    expect(read).toContain('"denyingRules":[]');
    expect(read).toContain('"intact":true');
    expect(read).toContain('"decisions":0,"refusals":0}}');
    expect(JSON.parse(kept)).toEqual({ data: { heads: [] } });
  },
);

test("shows a command that makes a root key", async () => {
  const folder = await makeTemporaryFolder();

  await runScript(makeKey, folder.path);
  const key = (await readFile(join(folder.path, "root-key"), "utf8")).trim();
  await folder.remove();

  expect(readConfiguration({ BYOT_ROOT_KEY: key })).toMatchObject({ ok: true });
});
