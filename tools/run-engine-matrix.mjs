// Runs one probe of the built policy engine on every runtime the npm registry provides, and compares what they
// answer with the runtime that runs this. Prints a line for each: passed, failed, or unavailable with the reason.
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { probeEngine } from "./engine-matrix/probe.mjs";
import {
  bundle,
  probeTimeout,
  report,
  run,
  scriptRuntimes,
  tryRuntime,
  workerd,
} from "./runtimes.mjs";

const sources = fileURLToPath(new URL("engine-matrix/", import.meta.url));
const expected = JSON.stringify(probeEngine());
const scratch = await mkdtemp(join(tmpdir(), "byot-engine-matrix-"));
const runtimes = [
  ...scriptRuntimes.map((runtime) => ({ ...runtime, probe: runScript(...runtime.flags) })),
  { ...workerd, probe: runWorkerdTest },
];
try {
  await bundle(
    scratch,
    ["run-probe.mjs", "workerd-probe.mjs"].map((name) => join(sources, name)),
  );
  await writeFile(join(scratch, "expected.json"), expected);
  await copyFile(join(sources, "workerd.capnp"), join(scratch, "workerd.capnp"));
  console.log(`expected, from node ${process.versions.node}: ${expected}`);
  for (const runtime of runtimes) {
    // One after the other, because two installations at once fetch everything twice.
    // oxlint-disable-next-line no-await-in-loop -- see above
    report(runtime, await tryRuntime(scratch, runtime));
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
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
