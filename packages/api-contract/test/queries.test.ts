import { decisionsQuerySchema, routes } from "@byot/api-contract";
import { describe, expect, test } from "vitest";

const page = routes.policies.list.query;

describe("the page of a list", () => {
  test("has 50 items and is the first one unless told otherwise", () => {
    expect(page.parse({})).toEqual({ limit: 50 });
  });

  test.each([
    ["1", 1],
    ["200", 200],
    ["007", 7],
  ])("may have `limit=%s`", (limit, expected) => {
    expect(page.parse({ limit })).toEqual({ limit: expected });
  });

  test.each([
    "0",
    "000",
    "201",
    "999",
    "1000",
    "-1",
    "+5",
    "1.5",
    "1e2",
    "0x10",
    " 5",
    "5 ",
    "",
    "five",
    "١",
    "5\n",
  ])("can not have `limit=%s`", (limit) => {
    expect(page.safeParse({ limit }).error?.issues).toMatchObject([{ path: ["limit"] }]);
  });

  test.each([[["5", "6"]], [{ gt: "5" }], [5], [null]])("can not have the limit %j", (limit) => {
    expect(page.safeParse({ limit }).success).toBe(false);
  });

  test("goes on from a cursor, which is not empty and not longer than 512 characters", () => {
    expect(page.parse({ cursor: "b3JkZXJz" })).toEqual({ limit: 50, cursor: "b3JkZXJz" });
    expect(page.safeParse({ cursor: "" }).success).toBe(false);
    expect(page.safeParse({ cursor: "c".repeat(513) }).success).toBe(false);
  });

  test("has no other parameter", () => {
    expect(page.safeParse({ offset: "10" }).success).toBe(false);
  });
});

describe("the decisions wanted", () => {
  test("are all of them unless told otherwise", () => {
    expect(decisionsQuerySchema.parse({})).toEqual({ limit: 50 });
  });

  test("may be narrowed by answer, subject, resource and action", () => {
    const query = { decision: "Deny", subject: "ada", resource: "orders", action: "approve" };

    expect(decisionsQuerySchema.parse(query)).toEqual({ limit: 50, ...query });
  });

  test.each([
    ["decision", "deny"],
    ["decision", ""],
    ["subject", ""],
    ["subject", "s".repeat(513)],
    ["resource", ""],
    ["action", ""],
    ["reason", "no_permission"],
  ])("can not be narrowed by `%s=%s`", (parameter, value) => {
    expect(decisionsQuerySchema.safeParse({ [parameter]: value }).success).toBe(false);
  });
});
