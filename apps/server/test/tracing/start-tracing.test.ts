import { expect, test } from "vitest";
import { StartProblem } from "../../src/process/start-problem.js";
import { startTracing } from "../../src/tracing/start-tracing.js";

test("says which package to install when the SDK is not there", async () => {
  const starting = startTracing({
    loadSdk: () => Promise.reject(new Error("ERR_MODULE_NOT_FOUND")),
    onTrouble: () => undefined,
    pause: () => Promise.resolve(),
  });

  await expect(starting).rejects.toThrow(StartProblem);
  await expect(starting).rejects.toThrow(/install it beside byot, or leave the variable out/);
});
