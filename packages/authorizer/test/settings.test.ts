import { describe, expect, test } from "vitest";
import { allowWhen, configuration, policy } from "./support/configuration.js";
import { issueToken } from "./support/identity-provider.js";
import { readableHash, startAuthorizer } from "./support/start-authorizer.js";

const ada = await issueToken("ada");

/** Allows ada's orders of up to 100 during the day, and says what it looks at. */
const curious = policy("curious", {
  rules: [
    {
      rule_id: "own-orders",
      effect: "Allow",
      conditions: [
        { function: "string_equal", attribute: "external_subject", value: "ada" },
        { function: "string_equal", attribute: "ext_plan", value: "premium" },
        {
          function: "integer_less_equal",
          attribute: "request_metadata",
          metadata_key: "amount",
          value: 100,
        },
        {
          function: "string_set_contains",
          attribute: "request_metadata",
          metadata_path: ["order", "tags"],
          value: "small",
          on_missing: "true",
        },
        {
          function: "time_in_range",
          attribute: "current_time",
          value: ["08:00", "20:00"],
        },
      ],
    },
  ],
});
const context = { amount: 50, order: { tags: ["small", "new"] }, cardNumber: "4111-1111" };

function started(settings: Parameters<typeof configuration>[0] = {}) {
  return startAuthorizer([configuration({ policies: [curious], ...settings })]);
}

describe("a workspace that keeps names", () => {
  test("records what its policies look at and who vouches for it, without any value", async () => {
    const { check, decisions } = started();

    await check({ token: ada, context });

    expect(decisions[0]?.personal?.attributes).toEqual([
      { name: "external_subject", origin: "token" },
      { name: "ext_plan", origin: "token" },
      { name: "request_metadata.amount", origin: "caller" },
      { name: "request_metadata/order/tags", origin: "caller" },
      { name: "current_time", origin: "server" },
    ]);
  });

  test("records the same list for every decision on the same policies", async () => {
    const { check, decisions } = started();

    await check({ token: ada, context });
    await check({ token: ada });

    expect(decisions[1]?.personal?.attributes).toBe(decisions[0]?.personal?.attributes);
  });

  test.each([
    ["a reserved resource", { resource: "billing" }],
    ["an unknown resource", { resource: "invoices" }],
    ["an unknown action", { action: "dance" }],
  ])("records nothing of policies that were not asked: %s", async (_, asked) => {
    const { check, decisions } = started();

    await check({ token: ada, ...asked });

    expect(decisions[0]?.personal?.attributes).toEqual([]);
  });

  test("records at most 64 of them", async () => {
    const conditions = Array.from({ length: 100 }, (_, index) => ({
      function: "string_equal",
      attribute: "request_metadata",
      metadata_key: `key-${index}`,
      value: "x",
    }));
    const greedy = policy("greedy", { rules: [{ rule_id: "all", effect: "Allow", conditions }] });
    const { check, decisions } = started({ policies: [greedy] });

    await check({ token: ada });

    expect(decisions[0]?.personal?.attributes).toHaveLength(64);
  });
});

describe("a workspace that keeps values", () => {
  const settings = { logAttributes: "values" } as const;

  test("records what its policies looked at as it was, and nothing else", async () => {
    const { check, decisions } = started({ settings });

    await check({ token: ada, context });

    expect(decisions[0]?.personal?.attributes).toEqual([
      { name: "external_subject", origin: "token", value: "ada" },
      { name: "ext_plan", origin: "token", value: "premium" },
      { name: "request_metadata.amount", origin: "caller", value: 50 },
      { name: "request_metadata/order/tags", origin: "caller", value: ["small", "new"] },
      { name: "current_time", origin: "server", value: "2026-03-02T12:00:00.000Z" },
    ]);
    expect(JSON.stringify(decisions)).not.toContain("4111");
  });

  test("records no value of what is missing", async () => {
    const { check, decisions } = started({ settings });

    await check({ token: ada });

    expect(decisions[0]?.personal?.attributes[2]).toEqual({
      name: "request_metadata.amount",
      origin: "caller",
    });
  });

  test.each<[string, unknown, unknown]>([
    ["256 characters of a text", "x".repeat(300), "x".repeat(256)],
    ["no half of a character", `${"x".repeat(255)}😀`, `${"x".repeat(255)}\uFFFD`],
    ["no NUL", "a\0b", "a\uFFFDb"],
    ["32 elements of a list", Array(100).fill("x"), Array(32).fill("x")],
    ["a truth value", true, true],
    ["no object", { secret: "s3cr3t" }, undefined],
    ["no object in a list", ["x", { secret: "s3cr3t" }], ["x"]],
  ])("records %s", async (_, amount, kept) => {
    const { check, decisions } = started({ settings });

    await check({ token: ada, context: { amount } });

    expect(decisions[0]?.personal?.attributes[2]?.value).toEqual(kept);
  });
});

test("a workspace that keeps no attributes records none", async () => {
  const { check, decisions } = started({ settings: { logAttributes: "none" } });

  await check({ token: ada, context });

  expect(decisions[0]?.personal?.attributes).toEqual([]);
});

describe("a workspace that asks for pseudonyms", () => {
  test("records no subject, not even among the values", async () => {
    const { check, decisions } = started({
      settings: { hashSubjects: true, logAttributes: "values" },
    });

    await check({ token: ada, context });

    expect(decisions[0]?.personal).toMatchObject({
      subject: "pseudonym of ada in acme",
      attributes: [{ name: "external_subject", value: "pseudonym of ada in acme" }, {}, {}, {}, {}],
    });
  });
});

describe("a workspace's decision log", () => {
  test("that is off takes nothing, and decisions are answered", async () => {
    const { check, decisions } = startAuthorizer(
      [configuration({ settings: { decisionLog: "off" } })],
      { append: () => Promise.reject(new Error("nothing may be written")) },
    );

    expect(await check({ token: ada })).toMatchObject({ ok: true, value: { allowed: true } });
    expect(decisions).toEqual([]);
  });

  test("that is buffered keeps nobody waiting", async () => {
    const { check } = startAuthorizer([configuration({ settings: { decisionLog: "buffered" } })], {
      append: () => new Promise(() => undefined),
    });

    expect(await check({ token: ada })).toMatchObject({ ok: true, value: { allowed: true } });
  });
});

describe("a token's id", () => {
  test("is recorded as a hash of it and its issuer", async () => {
    const { check, decisions } = startAuthorizer();

    await check({ token: ada });

    expect(decisions[0]?.personal?.tokenIdHash).toBe(
      readableHash("https://idp.acme.test\ntoken-id-of-the-test"),
    );
  });
});

describe("a workspace's time zone", () => {
  const tuesday = { function: "string_equal", attribute: "day_of_week", value: "tuesday" };
  const early = { function: "time_in_range", attribute: "current_time", value: ["01:00", "01:00"] };
  // Noon of Monday in UTC is two o'clock of Tuesday on Kiritimati.
  const night = { ...early, value: ["02:00", "02:00"] };

  test.each([
    ["the day of the week", tuesday],
    ["conditions that name none", night],
  ])("counts for %s", async (_, condition) => {
    const policies = [allowWhen(condition)];
    const settings = { timeZone: "Pacific/Kiritimati" };
    const there = startAuthorizer([configuration({ policies, settings })]);
    const here = startAuthorizer([configuration({ policies })]);

    expect(await there.check({ token: ada })).toMatchObject({ value: { allowed: true } });
    expect(await here.check({ token: ada })).toMatchObject({ value: { allowed: false } });
  });

  test("has to be one that the runtime knows", async () => {
    expect(() =>
      startAuthorizer([configuration({ settings: { timeZone: "Mars/Olympus" } })]),
    ).toThrow(new TypeError("unknown time zone `Mars/Olympus`"));
  });
});

describe("the user's address", () => {
  const policies = [
    allowWhen({ function: "ip_in_cidr", attribute: "ip_address", value: "192.0.2.0/24" }),
  ];
  const fromConnection = { policies, settings: { ipFromConnection: true } };

  test("is what the caller states", async () => {
    const { check, decisions } = startAuthorizer([configuration({ policies })]);

    const checked = await check({ token: ada, clientIp: "192.0.2.7", connectionIp: "10.0.0.1" });

    expect(checked).toMatchObject({ value: { allowed: true } });
    expect(decisions[0]?.personal).toMatchObject({
      clientIp: "192.0.2.7",
      attributes: [{ name: "ip_address", origin: "caller" }],
    });
  });

  test("is not that of the connection, unless the workspace says so", async () => {
    const { check, decisions } = startAuthorizer([configuration({ policies })]);

    const checked = await check({ token: ada, connectionIp: "192.0.2.7" });

    expect(checked).toMatchObject({ value: { allowed: false, missing: ["ip_address"] } });
    expect(Object.keys(decisions[0]?.personal ?? {})).not.toContain("clientIp");
  });

  test("is that of the connection where the workspace says so", async () => {
    const { check, decisions } = startAuthorizer([configuration(fromConnection)]);

    const checked = await check({ token: ada, connectionIp: "192.0.2.7" });

    expect(checked).toMatchObject({ value: { allowed: true } });
    expect(decisions[0]?.personal).toMatchObject({
      clientIp: "192.0.2.7",
      attributes: [{ name: "ip_address", origin: "server" }],
    });
  });

  test("is what the caller states even there", async () => {
    const { check } = startAuthorizer([configuration(fromConnection)]);

    const checked = await check({ token: ada, clientIp: "10.0.0.1", connectionIp: "192.0.2.7" });

    expect(checked).toMatchObject({ value: { allowed: false } });
  });
});

describe("a check that names a revision", () => {
  test("is answered on it or a later one, and refused when there is none", async () => {
    const { check, decisions } = startAuthorizer([configuration({ revision: 7 })]);

    expect(await check({ token: ada, minRevision: 7 })).toMatchObject({ value: { revision: 7 } });
    expect(await check({ token: ada, minRevision: 8 })).toMatchObject({
      ok: false,
      error: { code: "revision_unknown" },
    });
    expect(decisions).toHaveLength(1);
  });
});
