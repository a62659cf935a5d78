import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeAcme } from "../support/acme.js";
import { type Service, startService } from "../support/service.js";

// The files of the JSON parsing test suite lie beside the repository where there are any.
const folder = new URL("../../../../../shared/conformance/json/test_parsing/", import.meta.url);
const isThere = existsSync(folder);
const files = isThere ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];

describe.skipIf(!isThere)("the JSON parsing test suite", () => {
  let service: Service;

  beforeAll(async () => {
    service = await startService();
    await makeAcme(service);
  });

  afterAll(async () => {
    await service[Symbol.asyncDispose]();
  });

  test("is complete", () => {
    expect(files).toHaveLength(318);
  });

  test.each(files)("%s is refused and never a failure", async (name) => {
    const rawBody = await readFile(join(fileURLToPath(folder), name));

    const check = await service.send("/v1/workspaces/acme/authorize", { method: "POST", rawBody });
    const policy = await service.send("/v1/workspaces/acme/policies", {
      method: "POST",
      headers: { authorization: `Bearer ${service.rootKey}` },
      rawBody,
    });

    const codes = name.startsWith("n_")
      ? ["json_malformed", "body_too_large"]
      : ["json_malformed", "request_invalid", "body_too_large"];
    expect(codes).toContain(codeOf(check.body));
    expect(codes).toContain(codeOf(policy.body));
  });
});

test.skipIf(isThere)("the JSON parsing test suite is not here and was not run", () => {
  expect(files).toEqual([]);
});

function codeOf(body: unknown): unknown {
  return typeof body === "object" && body !== null && "code" in body ? body.code : undefined;
}
