import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const folder = fileURLToPath(new URL("..", import.meta.url));

// The built package, by its own name, as CommonJS finds it on Node 20.19 and later.
test.each([
  ["@byot/sdk", "ByotClient"],
  ["@byot/sdk/check", "CheckClient"],
  ["@byot/sdk/express", "requireAuthorization"],
  ["@byot/sdk/fastify", "requireAuthorization"],
  ["@byot/sdk/hono", "requireAuthorization"],
  ["@byot/sdk/next", "withAuthorization"],
])("require(%j) answers %s", async (path, name) => {
  const script = `console.log(typeof require(${JSON.stringify(path)}).${name})`;

  const { stdout } = await run(process.execPath, ["--no-warnings", "-e", script], { cwd: folder });

  expect(stdout.trim()).toBe("function");
});
