// Asks one server, which fails in every way it knows, through the built SDK on every runtime the npm registry
// provides and in Chromium, and compares what they make of it with the runtime that runs this. Prints a line for each:
// passed, failed, or unavailable with the reason.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import {
  bundle,
  probeTimeout,
  report,
  run,
  scriptRuntimes,
  tryProbe,
  tryRuntime,
  workerd,
} from "./runtimes.mjs";
import { startFaultServer } from "./sdk-matrix/fault-server.mjs";
import { probeSdk } from "./sdk-matrix/probe.mjs";

const sources = fileURLToPath(new URL("sdk-matrix/", import.meta.url));
const chromium = process.env.CHROMIUM_BIN ?? "/usr/bin/chromium";
const scratch = await mkdtemp(join(tmpdir(), "byot-sdk-matrix-"));
const server = await startFaultServer();
const expected = JSON.stringify(await probeSdk(server.url, "expected"));
const runtimes = [
  ...scriptRuntimes.map((runtime) => ({ ...runtime, probe: scriptProbe(runtime) })),
  { ...workerd, probe: runWorkerdTest },
];
try {
  await bundle(
    scratch,
    ["run-probe.mjs", "page-probe.mjs", "workerd-probe.mjs"].map((name) => join(sources, name)),
  );
  await writeFile(join(scratch, "expected.json"), expected);
  await writeFile(join(scratch, "base-url.txt"), server.url);
  await copyFile(join(sources, "workerd.capnp"), join(scratch, "workerd.capnp"));
  console.log(`expected, from node ${process.versions.node}: ${expected}`);
  report({ name: "node", version: "require()" }, await tryProbe(requireSdk));
  for (const runtime of runtimes) {
    // One after the other, because two installations at once fetch everything twice.
    // oxlint-disable-next-line no-await-in-loop -- see above
    report(runtime, await tryRuntime(scratch, runtime));
  }
  report({ name: "chromium", version: "" }, await tryChromium());
} finally {
  await server.close();
  await rm(scratch, { recursive: true, force: true });
}

function compare(actual) {
  if (actual.trim() !== expected) {
    throw new Error(`answered ${actual.trim()}`);
  }
}

function scriptProbe({ name, version, flags }) {
  const network = name === "deno" ? ["--allow-net=127.0.0.1"] : [];
  return async (binary) => {
    const script = [join(scratch, "run-probe.js"), server.url, `${name}-${version}`];
    const { stdout } = await run(binary, [...flags, ...network, ...script], {
      timeout: probeTimeout,
    });
    compare(stdout);
  };
}

async function runWorkerdTest(binary) {
  await run(binary, ["test", join(scratch, "workerd.capnp")], { timeout: probeTimeout });
}

async function requireSdk() {
  const require = createRequire(new URL("../apps/sdk/package.json", import.meta.url));
  for (const path of ["", "/check", "/express", "/fastify", "/hono", "/next"]) {
    if (Object.keys(require(`@byot/sdk${path}`)).length === 0) {
      throw new Error(`@byot/sdk${path} answered nothing`);
    }
  }
}

async function tryChromium() {
  if (!existsSync(chromium)) {
    return { outcome: "unavailable", detail: `: not found at ${chromium}` };
  }
  return tryProbe(async () => {
    let tell;
    const told = new Promise((resolve) => {
      tell = resolve;
    });
    const script = await readFile(join(scratch, "page-probe.js"), "utf8");
    const pages = {
      "/": { type: "text/html", body: '<script type="module" src="/probe.js"></script>' },
      "/probe.js": { type: "text/javascript", body: script },
    };
    const pageServer = await startFaultServer({ pages, onResult: tell });
    const flags = ["--headless", "--no-sandbox", `--user-data-dir=${join(scratch, "chromium")}`];
    const browser = spawn(chromium, [...flags, `${pageServer.url}/`], { stdio: "ignore" });
    const timer = setTimeout(() => tell("nothing in time"), probeTimeout);
    try {
      compare(await told);
    } finally {
      clearTimeout(timer);
      browser.kill("SIGKILL");
      await pageServer.close();
    }
  });
}
