import { routes } from "@byot/api-contract";
import { describe, expect, test } from "vitest";
import { makeAcme } from "../support/acme.js";
import { type KeyOptions, type Service, startService } from "../support/service.js";

const premium = {
  action: { name: "access" },
  resource: { type: "premium-features", id: "reports" },
};
const user = (id: string) => ({ type: "user", id });
const jwt = (token: string) => ({ type: "jwt", id: token });

interface Asked {
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly key?: string;
}

function evaluate(service: Service, { body, headers = {}, key }: Asked, several = false) {
  return service.send(`/authzen/acme/access/v1/evaluation${several ? "s" : ""}`, {
    method: "POST",
    body,
    headers: { ...headers, ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
  });
}

async function startAcme(): Promise<Service> {
  const service = await startService();
  await makeAcme(service);
  return service;
}

async function logged(service: Service) {
  const { items } = await service.storage.decisionLog.list("acme", { limit: 200 });
  return items;
}

/** The three places of a token, each in a request of its own. */
const carriers: readonly (readonly [string, (token: string, sub: string) => Asked])[] = [
  ["the subject", (token) => ({ body: { ...premium, subject: jwt(token) } })],
  [
    "the context",
    (token, sub) => ({ body: { ...premium, subject: user(sub), context: { token } } }),
  ],
  [
    "a header",
    (token, sub) => ({
      body: { ...premium, subject: user(sub) },
      headers: { "x-subject-token": token },
    }),
  ],
];

describe.each(carriers)("a token in %s", (_place, ask) => {
  test.each([
    ["ada", true],
    ["ben", false],
  ])("of %s is answered %s, without any key", async (person, decision) => {
    await using service = await startAcme();

    const answer = await evaluate(service, ask(await service.tokenOf(person), person));

    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual({ decision });
  });

  test("stands in the log as whom it speaks for, never as itself", async () => {
    await using service = await startAcme();
    const token = await service.tokenOf("ada");

    await evaluate(service, ask(token, "ada"));

    const records = await logged(service);
    expect(records).toMatchObject([
      { issuer: "https://login.acme.com", personal: { subject: "ada" } },
    ]);
    expect(JSON.stringify(records)).not.toContain(token);
  });

  test("that has expired is a 401", async () => {
    await using service = await startAcme();
    const token = await service.tokenOf("ada");
    service.clock.set("2026-03-05T09:00:00.000Z");

    const answer = await evaluate(service, ask(token, "ada"));

    expect(answer).toMatchObject({ status: 401, body: { code: "token_expired" } });
  });

  test("that nobody can read is a 401", async () => {
    await using service = await startAcme();

    const answer = await evaluate(service, ask("not-a-token", "ada"));

    expect(answer).toMatchObject({ status: 401, body: { code: "token_malformed" } });
  });

  test("decides, and properties of a subject beside it do not", async () => {
    await using service = await startAcme();
    const token = await service.tokenOf("ben");
    const { body, ...rest } = ask(token, "ben");
    const named = "context" in body || "headers" in rest ? user("ben") : jwt(token);
    const subject = { ...named, properties: { plan: "premium", ext_plan: "premium" } };

    const answer = await evaluate(service, { ...rest, body: { ...body, subject } });

    expect(answer.body).toEqual({ decision: false });
  });
});

describe("a token", () => {
  test("may be the id of a subject beside it", async () => {
    await using service = await startAcme();
    const token = await service.tokenOf("ada");

    const answer = await evaluate(service, {
      body: { ...premium, subject: user(token), context: { token } },
    });

    expect(answer.body).toEqual({ decision: true });
  });

  test.each([
    ["the context", (token: string) => ({ context: { token } }), false],
    ["a header", () => ({}), true],
  ])("in %s for somebody else than the subject is a 400", async (_place, parts, inHeader) => {
    await using service = await startAcme();
    const token = await service.tokenOf("ada");

    const answer = await evaluate(service, {
      body: { ...premium, subject: user("ben"), ...parts(token) },
      headers: inHeader ? { "x-subject-token": token } : {},
    });

    expect(answer).toMatchObject({ status: 400, body: { code: "request_invalid" } });
    expect(await logged(service)).toEqual([]);
  });

  test.each([
    [
      "subject and context",
      (token: string) => ({ subject: jwt(token), context: { token } }),
      false,
    ],
    ["subject and header", (token: string) => ({ subject: jwt(token) }), true],
    ["context and header", (token: string) => ({ subject: user("ada"), context: { token } }), true],
  ])("in %s at once is a 400", async (_places, parts, inHeader) => {
    await using service = await startAcme();
    const token = await service.tokenOf("ada");

    const answer = await evaluate(service, {
      body: { ...premium, ...parts(token) },
      headers: inHeader ? { "x-subject-token": token } : {},
    });

    expect(answer).toMatchObject({ status: 400, body: { code: "request_invalid" } });
  });

  test.each([[null], [7], [["token"]], [{ jwt: "token" }]])(
    "cannot be %j in the context",
    async (token) => {
      await using service = await startAcme();
      const key = await service.makeKey();

      const answer = await evaluate(service, {
        key,
        body: { ...premium, subject: user("ada"), context: { token } },
      });

      expect(answer).toMatchObject({ status: 400, body: { code: "request_invalid" } });
    },
  );

  test("is a Deny of its own items when it is bad, and of no other", async () => {
    await using service = await startAcme();
    const token = await service.tokenOf("ada");
    const evaluations = [
      { subject: jwt("not-a-token") },
      { subject: jwt(token) },
      { subject: jwt(token), context: { token } },
      { subject: user("ben"), context: { token } },
    ];

    const answer = await evaluate(service, { body: { ...premium, evaluations } }, true);

    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual({
      evaluations: [false, true, false, false].map((decision) => ({ decision })),
    });
  });

  test("of a workspace that wants an API key is a 401 without one, for all items too", async () => {
    await using service = await startAcme();
    const { answer } = await service.call(routes.workspaces.read);
    const { name, settings, version } = answer.data;
    await service.call(routes.workspaces.replace, {
      version,
      body: { name, settings: { ...settings, checksRequireApiKey: true } },
    });
    const token = await service.tokenOf("ada");
    const question = { ...premium, subject: jwt(token) };

    const one = await evaluate(service, { body: question });
    const several = await evaluate(service, { body: { evaluations: [question] } }, true);
    const withKey = await evaluate(service, {
      body: question,
      key: await service.makeKey({ scopes: [], workspaceId: "acme" }),
    });

    expect([one, several]).toMatchObject([
      { status: 401, body: { code: "api_key_missing" } },
      { status: 401, body: { code: "api_key_missing" } },
    ]);
    expect(withKey.body).toEqual({ decision: true });
  });
});

describe("a subject without token", () => {
  const question = { ...premium, subject: { ...user("dora"), properties: { plan: "premium" } } };

  const refused: readonly (readonly [string, KeyOptions | undefined, number, string])[] = [
    ["no key", undefined, 403, "subject_not_permitted"],
    ["a key without the scope", { scopes: ["decisions:explain"] }, 403, "subject_not_permitted"],
    ["a key of another workspace", { workspaceId: "beta" }, 403, "workspace_not_permitted"],
    ["a revoked key", { revokedAt: new Date(0) }, 401, "api_key_invalid"],
  ];

  test.each(refused)(
    "is refused with %s, alone and among others",
    async (_title, options, ...[status, code]) => {
      await using service = await startAcme();
      const key = options === undefined ? {} : { key: await service.makeKey(options) };
      const token = await service.tokenOf("ada");
      const several = { ...premium, evaluations: [{ subject: jwt(token) }, question] };

      const answers = [
        await evaluate(service, { ...key, body: question }),
        await evaluate(service, { ...key, body: several }, true),
      ];

      expect(answers).toMatchObject([
        { status, body: { code } },
        { status, body: { code } },
      ]);
      expect(await logged(service)).toEqual([]);
    },
  );

  test("has its properties as attributes, and is no external principal", async () => {
    await using service = await startAcme();
    const key = await service.makeKey({ scopes: ["decisions:subject"], workspaceId: "acme" });

    const answer = await evaluate(service, { key, body: question });

    expect(answer.body).toEqual({ decision: true });
    expect(await logged(service)).toMatchObject([
      { issuer: "byot:subject", providerId: "byot:subject", personal: { subject: "dora" } },
    ]);
  });

  test.each([["workspace"], ["workspace::policies"], ["billing"]])(
    "is denied the administrative resource `%s`",
    async (type) => {
      await using service = await startAcme();
      const key = await service.makeKey();

      const answer = await evaluate(service, {
        key,
        body: { ...question, resource: { type, id: "1" } },
      });

      expect(answer.body).toEqual({ decision: false });
      expect(await logged(service)).toMatchObject([{ reason: "admin_resource_forbidden" }]);
    },
  );

  test.each([
    ["a subject of 513 characters", { subject: user("a".repeat(513)) }],
    ["a resource of 256 characters", { resource: { type: "a".repeat(256), id: "1" } }],
    ["an action of 256 characters", { action: { name: "a".repeat(256) } }],
    [
      "a context of 65 keys",
      { context: Object.fromEntries(Array.from({ length: 65 }, (_, key) => [`k${key}`, 1])) },
    ],
    [
      "properties and a context of 64 keys together, and the resource's id",
      {
        action: { ...premium.action, properties: { a: 1, b: 2 } },
        context: Object.fromEntries(Array.from({ length: 62 }, (_, key) => [`k${key}`, 1])),
      },
    ],
    ["text that no database keeps", { subject: user("a\0b") }],
  ])("is a 400 with %s", async (_title, parts) => {
    await using service = await startAcme();
    const key = await service.makeKey();

    const answer = await evaluate(service, { key, body: { ...question, ...parts } });

    expect(answer).toMatchObject({ status: 400, body: { code: "request_invalid" } });
  });
});

/** Whether the request's metadata says this. */
const reads = (key: string, value: string) => ({
  function: "string_equal",
  attribute: "request_metadata",
  metadata_key: key,
  value,
  on_missing: "false",
});

/** What comes of one rule with these conditions. */
async function decides(conditions: readonly object[], parts: object): Promise<unknown> {
  await using service = await startAcme();
  await service.call(routes.resources.create, { body: { name: "doors", actions: ["open"] } });
  await service.call(routes.policies.create, {
    body: {
      name: "doors",
      specification: { rules: [{ rule_id: "r", effect: "Allow", conditions }] },
      appliesTo: [{ resource: "doors", actions: ["open"] }],
    },
  });
  const answer = await evaluate(service, {
    key: await service.makeKey(),
    body: {
      subject: user("dora"),
      action: { name: "open" },
      resource: { type: "doors", id: "front" },
      ...parts,
    },
  });
  return answer.body;
}

describe("what policies read as `request_metadata`", () => {
  test.each([
    ["the resource's id", [reads("resource_id", "front")], {}],
    [
      "the resource's properties",
      [reads("colour", "red")],
      { resource: { type: "doors", id: "front", properties: { colour: "red" } } },
    ],
    [
      "the action's over the resource's",
      [reads("colour", "green")],
      {
        resource: { type: "doors", id: "front", properties: { colour: "red" } },
        action: { name: "open", properties: { colour: "green" } },
      },
    ],
    [
      "the context's over both",
      [reads("colour", "blue")],
      {
        resource: { type: "doors", id: "front", properties: { colour: "red" } },
        action: { name: "open", properties: { colour: "green" } },
        context: { colour: "blue" },
      },
    ],
    [
      "the resource's id, whatever says otherwise",
      [reads("resource_id", "front")],
      {
        resource: { type: "doors", id: "front", properties: { resource_id: "back" } },
        context: { resource_id: "back" },
      },
    ],
  ])("is %s", async (_title, conditions, parts) => {
    expect(await decides(conditions, parts)).toEqual({ decision: true });
  });

  test("holds no token", async () => {
    await using service = await startAcme();
    await service.call(routes.resources.create, { body: { name: "doors", actions: ["open"] } });
    const exists = {
      function: "attribute_exists",
      attribute: "request_metadata",
      metadata_key: "token",
    };
    await service.call(routes.policies.create, {
      body: {
        name: "doors",
        specification: { rules: [{ rule_id: "r", effect: "Allow", conditions: [exists] }] },
        appliesTo: [{ resource: "doors", actions: ["open"] }],
      },
    });

    const answer = await evaluate(service, {
      body: {
        subject: user("ada"),
        action: { name: "open" },
        resource: { type: "doors", id: "front" },
        context: { token: await service.tokenOf("ada") },
      },
    });

    expect(answer.body).toEqual({ decision: false });
  });
});

test("answers with its obligations alone beside a decision", async () => {
  await using service = await startAcme();
  await service.call(routes.resources.create, { body: { name: "doors", actions: ["open"] } });
  const obligation = { id: "ring", on: "Allow", attributes: { times: 2 } };
  await service.call(routes.policies.create, {
    body: {
      name: "doors",
      specification: {
        rules: [{ rule_id: "r", effect: "Allow", conditions: [], obligations: [obligation] }],
      },
      appliesTo: [{ resource: "doors", actions: ["open"] }],
    },
  });

  const answer = await evaluate(service, {
    key: await service.makeKey(),
    body: {
      subject: user("dora"),
      action: { name: "open" },
      resource: { type: "doors", id: "front" },
    },
  });

  expect(answer.body).toEqual({ decision: true, context: { obligations: [obligation] } });
});

test("answers a workspace that does not exist with 404", async () => {
  await using service = await startAcme();

  const answer = await service.send("/authzen/beta/access/v1/evaluation", {
    method: "POST",
    body: { ...premium, subject: jwt(await service.tokenOf("ada")) },
  });

  expect(answer).toMatchObject({ status: 404, body: { code: "workspace_unknown" } });
});
