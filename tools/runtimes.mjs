// The runtimes that the npm registry provides, installed one by one into a scratch folder.
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** Runs a programme and resolves to what it printed. */
export const run = promisify(execFile);

const installTimeout = 180_000;
/** How long one probe may take, in milliseconds. */
export const probeTimeout = 60_000;

const bundler = { name: "esbuild", version: "0.28.2" };

/** Command-line runtimes, with the flags for a script that may reach this machine's own network. */
export const scriptRuntimes = [
  { name: "node", version: "20.20.2", command: "node", flags: [] },
  { name: "node", version: "22.23.3", command: "node", flags: [] },
  { name: "node", version: "24.21.0", command: "node", flags: [] },
  { name: "bun", version: "1.4.5", command: "bun", flags: [] },
  { name: "deno", version: "2.9.6", command: "deno", flags: ["run", "--no-prompt"] },
];

/** The runtime of Cloudflare's Workers, whose scripts are tests. */
export const workerd = { name: "workerd", version: "1.20261117.1", command: "workerd" };

/** Bundles modules into a folder, as modules. */
export async function bundle(scratch, entries) {
  const binaries = await install(scratch, bundler);
  const flags = ["--bundle", "--format=esm", "--external:node:*", `--outdir=${scratch}`];
  await run(join(binaries, "esbuild"), [...entries, ...flags]);
  await writeFile(join(scratch, "package.json"), JSON.stringify({ type: "module" }));
}

/** Runs a probe on one runtime: `passed`, `failed`, or `unavailable` with the reason. */
export async function tryRuntime(scratch, { name, version, command, probe }) {
  let binaries;
  try {
    binaries = await install(scratch, { name, version });
    await run(join(binaries, command), ["--version"], { timeout: probeTimeout });
  } catch (error) {
    return { outcome: "unavailable", detail: `: ${reasonOf(error)}` };
  }
  return tryProbe(async () => probe(join(binaries, command)));
}

/** Runs a probe: `passed` or `failed` with the reason. */
export async function tryProbe(probe) {
  try {
    await probe();
    return { outcome: "passed", detail: "" };
  } catch (error) {
    return { outcome: "failed", detail: `: ${reasonOf(error)}` };
  }
}

/** Prints one line for a runtime, and lets the programme fail with it. */
export function report({ name, version }, { outcome, detail }) {
  console.log(`${`${name} ${version}`.padEnd(24)} ${outcome}${detail}`);
  process.exitCode = outcome === "failed" ? 1 : process.exitCode;
}

async function install(scratch, { name, version }) {
  const folder = join(scratch, `${name}-${version}`);
  await mkdir(folder);
  await writeFile(join(folder, "package.json"), "{}");
  const flags = ["--no-audit", "--no-fund", "--no-package-lock", "--prefix", folder];
  await run("npm", ["install", ...flags, `${name}@${version}`], { timeout: installTimeout });
  return join(folder, "node_modules", ".bin");
}

function reasonOf(error) {
  const lines = `${error.stderr ?? ""}\n${error.message}`.split("\n");
  return lines.find((line) => /error|expected|answered|not found/i.test(line)) ?? lines[0];
}
