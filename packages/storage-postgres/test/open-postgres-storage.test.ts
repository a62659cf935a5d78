import { StorageError } from "@byot/storage";
import { openPostgresStorage, type PostgresStorageOptions } from "@byot/storage-postgres";
import { freePort } from "@byot/testkit";
import { describe, expect, test } from "vitest";

const url = "postgres://byot:s3cret@127.0.0.1:1/byot";

async function refusalOf(options: PostgresStorageOptions): Promise<unknown> {
  return openPostgresStorage(options).then(
    () => "opened",
    (error: unknown) => error,
  );
}

describe("options", () => {
  test.each([
    ["no URL", { url: "" }],
    ["the URL of something else", { url: "mysql://byot:s3cret@127.0.0.1/byot" }],
    ["half a URL", { url: "postgres://[" }],
    ["no connection", { url, poolSize: 0 }],
    ["too many connections", { url, poolSize: 101 }],
    ["half a connection", { url, poolSize: 1.5 }],
    ["no time to append", { url, appendTimeoutMillis: 49 }],
    ["no time for statements", { url, statementTimeoutMillis: 0 }],
    ["no time between polls", { url, pollIntervalMillis: 9 }],
    ["more than a minute between polls", { url, pollIntervalMillis: 60_001 }],
  ])("with %s are a `TypeError` that repeats no password", async (_, options) => {
    const refusal = await refusalOf(options);

    expect(refusal).toBeInstanceOf(TypeError);
    expect(String(refusal)).not.toContain("s3cret");
  });
});

test("a database that cannot be reached is unavailable, and its password stays secret", async () => {
  const port = await freePort();
  const refusal = await refusalOf({ url: `postgres://byot:s3cret@127.0.0.1:${port}/byot` });

  expect(refusal).toBeInstanceOf(StorageError);
  expect(refusal).toMatchObject({
    code: "UNAVAILABLE",
    message: "the database cannot be used now: `ECONNREFUSED`",
    cause: { name: "PostgresError", code: "ECONNREFUSED" },
  });
  expect(JSON.stringify(refusal, Object.getOwnPropertyNames(refusal))).not.toContain("s3cret");
});
