import { decisionsQuerySchema, maximumBuckets, routes } from "@byot/api-contract";
import { describe, expect, test } from "vitest";

const page = routes.policies.list.query;
const exported = routes.audit.exportDecisions.query;

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

  test("may be narrowed by what was asked, who asked, what came out and why", () => {
    const query = {
      decision: "Deny",
      reason: "denied_by_rule",
      subject: "ada",
      issuer: "https://clerk.acme.com",
      provider: "clerk",
      resource: "orders",
      action: "approve",
      policy: "order_approval",
      rule: "managers",
    };

    expect(decisionsQuerySchema.parse(query)).toEqual({ limit: 50, ...query });
    expect(exported.parse(query)).toEqual(query);
  });

  test.each([
    ["decision", "deny"],
    ["decision", ""],
    ["subject", ""],
    ["subject", "s".repeat(513)],
    ["issuer", ""],
    ["issuer", "i".repeat(2049)],
    ["resource", ""],
    ["action", ""],
    ["reason", ""],
    ["policy", ""],
    ["rule", ""],
    ["provider", ""],
    ["tokenIdHash", "0f"],
  ])("can not be narrowed by `%s=%s`", (parameter, value) => {
    expect(decisionsQuerySchema.safeParse({ [parameter]: value }).success).toBe(false);
    expect(exported.safeParse({ [parameter]: value }).success).toBe(false);
  });

  test("are exported whole, without pages", () => {
    expect(exported.safeParse({ limit: "50" }).success).toBe(false);
    expect(exported.safeParse({ cursor: "b3JkZXJz" }).success).toBe(false);
  });
});

describe("the refused tokens wanted", () => {
  test("may be narrowed by code", () => {
    expect(routes.audit.refusals.query.parse({ code: "token_expired" })).toEqual({
      limit: 50,
      code: "token_expired",
    });
    expect(routes.audit.refusals.query.safeParse({ code: "" }).success).toBe(false);
  });
});

describe("the changes wanted", () => {
  test.each(["workspace", "provider", "policy", "resource", "permission", "api_key"])(
    "may be narrowed to the kind `%s` and a key",
    (kind) => {
      const query = { kind, key: "clerk" };

      expect(routes.audit.changes.query.parse(query)).toEqual({ limit: 50, ...query });
    },
  );

  test.each([
    ["kind", "collection"],
    ["kind", ""],
    ["key", ""],
  ])("can not be narrowed by `%s=%s`", (parameter, value) => {
    expect(routes.audit.changes.query.safeParse({ [parameter]: value }).success).toBe(false);
  });
});

describe.each([
  ["decisions", routes.audit.decisions.query],
  ["exported decisions", exported],
  ["refused tokens", routes.audit.refusals.query],
  ["changes", routes.audit.changes.query],
])("the time of %s", (_name, query) => {
  test.each([
    ["2026-03-02T12:00:00Z", "2026-03-02T12:00:00.000Z"],
    ["2026-03-02T12:00:00.5+01:00", "2026-03-02T11:00:00.500Z"],
    ["2026-03-02T12:00:00.0009Z", "2026-03-02T12:00:00.000Z"],
  ])("may begin and end at `%s`", (text, time) => {
    const span = { from: new Date(time), until: new Date(time) };

    expect(query.parse({ from: text, until: text })).toMatchObject(span);
  });

  test.each([
    "",
    "yesterday",
    "2026-03-02",
    "2026-03-02T12:00:00",
    "2026-02-30T12:00:00Z",
    "2026-03-02T12:00:00 01:00",
    "1772452800",
    "9999-12-31T23:00:00-02:00",
  ])("can not begin or end at `%s`", (time) => {
    expect(query.safeParse({ from: time }).error?.issues).toMatchObject([{ path: ["from"] }]);
    expect(query.safeParse({ until: time }).error?.issues).toMatchObject([{ path: ["until"] }]);
  });
});

describe("statistics", () => {
  const { query } = routes.audit.statistics;
  const day = { from: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:00Z" };

  test("are counted in buckets of seconds", () => {
    expect(query.parse({ ...day, bucketSeconds: "3600" })).toEqual({
      from: new Date(day.from),
      until: new Date(day.until),
      bucketSeconds: 3600,
    });
  });

  test("have at most 1,000 buckets", () => {
    const until = "2026-03-02T00:16:40Z";

    expect(maximumBuckets).toBe(1000);
    expect(query.safeParse({ ...day, until, bucketSeconds: "1" }).success).toBe(true);
    expect(
      query.safeParse({ ...day, until: "2026-03-02T00:16:41Z", bucketSeconds: "1" }).error?.issues,
    ).toMatchObject([{ path: ["bucketSeconds"] }]);
  });

  test.each([
    ["a span that is no whole number of buckets", { bucketSeconds: "7000" }, "until"],
    ["a span shorter than a bucket", { bucketSeconds: "86401" }, "until"],
    ["an end that is the beginning", { until: day.from, bucketSeconds: "60" }, "until"],
    [
      "an end before the beginning",
      { until: "2026-03-01T00:00:00Z", bucketSeconds: "60" },
      "until",
    ],
    ["a bucket of no length", { bucketSeconds: "0" }, "bucketSeconds"],
    ["a bucket with a sign", { bucketSeconds: "+60" }, "bucketSeconds"],
    ["a bucket of a fraction", { bucketSeconds: "0.5" }, "bucketSeconds"],
    ["no bucket", {}, "bucketSeconds"],
  ])("can not be had for %s", (_name, change, where) => {
    expect(query.safeParse({ ...day, ...change }).error?.issues).toMatchObject([{ path: [where] }]);
  });
});
