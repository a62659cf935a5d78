// Runs one probe of the built policy engine on every runtime the npm registry provides, and compares what they
// answer with the runtime that runs this. Prints a line for each: passed, failed, or unavailable with the reason.
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { probeEngine } from "./engine-matrix/probe.mjs";

const run = promisify(execFile);
const sources = fileURLToPath(new URL("engine-matrix/", import.meta.url));
const installTimeout = 180_000;
const probeTimeout = 60_000;

const bundler = { name: "esbuild", version: "0.28.2" };
const runtimes = [
  { name: "node", version: "20.20.2", command: "node", probe: runScript() },
  { name: "node", version: "22.23.3", command: "node", probe: runScript() },
  { name: "node", version: "24.21.0", command: "node", probe: runScript() },
  { name: "bun", version: "1.4.5", command: "bun", probe: runScript() },
  { name: "deno", version: "2.9.6", command: "deno", probe: runScript("run", "--no-prompt") },
  { name: "workerd", version: "1.20261117.1", command: "workerd", probe: runWorkerdTest },
];

const expected = JSON.stringify(probeEngine());
const scratch = await mkdtemp(join(tmpdir(), "byot-engine-matrix-"));
try {
  await bundleProbes();
  console.log(`expected, from node ${process.versions.node}: ${expected}`);
  for (const runtime of runtimes) {
    // One after the other, because two installations at once fetch everything twice.
    // oxlint-disable-next-line no-await-in-loop -- see above
    const { outcome, detail } = await tryRuntime(runtime);
    console.log(`${`${runtime.name} ${runtime.version}`.padEnd(24)} ${outcome}${detail}`);
    process.exitCode = outcome === "failed" ? 1 : process.exitCode;
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function bundleProbes() {
  const binaries = await install(bundler);
  const entries = ["run-probe.mjs", "workerd-probe.mjs"].map((name) => join(sources, name));
  await run(join(binaries, "esbuild"), [
    ...entries,
    "--bundle",
    "--format=esm",
    `--outdir=${scratch}`,
  ]);
  await writeFile(join(scratch, "package.json"), JSON.stringify({ type: "module" }));
  await writeFile(join(scratch, "expected.json"), expected);
  await copyFile(join(sources, "workerd.capnp"), join(scratch, "workerd.capnp"));
}

async function tryRuntime({ name, version, command, probe }) {
  let binaries;
  try {
    binaries = await install({ name, version });
    await run(join(binaries, command), ["--version"], { timeout: probeTimeout });
  } catch (error) {
    return { outcome: "unavailable", detail: `: ${reasonOf(error)}` };
  }
  try {
    await probe(join(binaries, command));
    return { outcome: "passed", detail: "" };
  } catch (error) {
    return { outcome: "failed", detail: `: ${reasonOf(error)}` };
  }
}

async function install({ name, version }) {
  const folder = join(scratch, `${name}-${version}`);
  await mkdir(folder);
  await writeFile(join(folder, "package.json"), "{}");
  const flags = ["--no-audit", "--no-fund", "--no-package-lock", "--prefix", folder];
  await run("npm", ["install", ...flags, `${name}@${version}`], { timeout: installTimeout });
  return join(folder, "node_modules", ".bin");
}

function runScript(...flags) {
  return async (binary) => {
    const { stdout } = await run(binary, [...flags, join(scratch, "run-probe.js")], {
      timeout: probeTimeout,
    });
    if (stdout.trim() !== expected) {
      throw new Error(`answered ${stdout.trim()}`);
    }
  };
}

async function runWorkerdTest(binary) {
  await run(binary, ["test", join(scratch, "workerd.capnp")], { timeout: probeTimeout });
}

function reasonOf(error) {
  const lines = `${error.stderr ?? ""}\n${error.message}`.split("\n");
  return lines.find((line) => /error|expected|answered|not found/i.test(line)) ?? lines[0];
}
