// Switches off every safeguard of the token verifier in turn, where the ordinary tests take a few of them.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("..", import.meta.url));
const vitest = join(createRequire(import.meta.url).resolve("vitest/package.json"), "../vitest.mjs");
const command = [vitest, "run", "--project", "@byot/token-verifier", "test/safeguards.test.ts"];

const { status } = spawnSync(process.execPath, command, {
  cwd: repository,
  env: { ...process.env, BYOT_SAFEGUARDS: "all" },
  stdio: "inherit",
});
process.exitCode = status ?? 1;
