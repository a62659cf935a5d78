import { expect, test } from "vitest";

test("the package exports these values and no others", async () => {
  expect(Object.keys(await import("@byot/storage-postgres"))).toEqual(["openPostgresStorage"]);
});
