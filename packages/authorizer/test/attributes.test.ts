import { describe, expect, test } from "vitest";
import { allowWhen, configuration } from "./support/configuration.js";
import { issueToken, noon } from "./support/identity-provider.js";
import { startAuthorizer } from "./support/start-authorizer.js";

const ada = await issueToken("ada");
const nobody = await issueToken("nobody");

async function isAllowed(
  condition: unknown,
  { token, context = {} }: { token: string; context?: Readonly<Record<string, unknown>> },
): Promise<boolean> {
  const { check } = startAuthorizer([configuration({ policies: [allowWhen(condition)] })]);
  const checked = await check({ token, context });
  return checked.ok && checked.value.allowed;
}

function equal(attribute: string, value: string) {
  return { function: "string_equal", attribute, value };
}

function isTheTime(value: string) {
  return { function: "datetime_equal", attribute: "current_time", value };
}

describe("policies read", () => {
  test.each([
    ["mapped claims", equal("ext_plan", "premium")],
    ["the issuer", equal("external_issuer", "https://idp.acme.test")],
    ["the subject", equal("external_subject", "ada")],
    [
      "the audience",
      { function: "string_set_contains", attribute: "external_audience", value: "acme-api" },
    ],
    [
      "that an external token is asking",
      { function: "boolean_equal", attribute: "is_external_principal", value: true },
    ],
    ["the resource", equal("resource", "orders")],
    ["the action", equal("action", "approve")],
    ["the time, in UTC", isTheTime("2026-03-02T12:00:00.000Z")],
    ["the day of the week, in UTC", equal("day_of_week", "monday")],
  ])("%s", async (_, condition) => {
    expect(await isAllowed(condition, { token: ada })).toBe(true);
  });

  test.each([
    ["2026-03-01T23:59:59.999Z", "sunday"],
    ["2026-03-02T00:00:00.000Z", "monday"],
    ["2026-03-03T00:00:00.000Z", "tuesday"],
    ["2026-03-04T00:00:00.000Z", "wednesday"],
    ["2026-03-05T00:00:00.000Z", "thursday"],
    ["2026-03-06T00:00:00.000Z", "friday"],
    ["2026-03-07T23:59:59.999Z", "saturday"],
  ])("%s as a %s", async (at, day) => {
    const policies = [allowWhen(equal("day_of_week", day))];
    const { check } = startAuthorizer([configuration({ policies })], {
      clock: () => new Date(at),
    });

    expect(await check({ token: ada })).toMatchObject({ ok: true, value: { allowed: true } });
  });

  test("the context under `request_metadata`", async () => {
    const condition = { ...equal("request_metadata", "berlin"), metadata_key: "office" };

    expect(await isAllowed(condition, { token: ada, context: { office: "berlin" } })).toBe(true);
  });
});

/** What an application could pass on unseen from its own users. */
const forgedContext = parseContext(`{
  "ext_plan": "premium",
  "ext_role": "manager",
  "external_subject": "root",
  "external_issuer": "https://idp.stranger.test",
  "external_audience": ["internal-api"],
  "is_external_principal": false,
  "resource": "billing",
  "action": "delete",
  "current_time": "1970-01-01T00:00:00.000Z",
  "day_of_week": "sunday",
  "__proto__": { "ext_plan": "premium", "external_subject": "root" },
  "request_metadata": { "ext_plan": "premium" }
}`);

describe("a context can not", () => {
  test.each([
    ["give the token's holder a claim", equal("ext_plan", "premium")],
    ["give the token's holder a role", equal("ext_role", "manager")],
    ["take another subject's place", equal("external_subject", "root")],
    ["take another issuer's place", equal("external_issuer", "https://idp.stranger.test")],
    [
      "add an audience",
      { function: "string_set_contains", attribute: "external_audience", value: "internal-api" },
    ],
    [
      "make an external principal an internal one",
      { function: "boolean_equal", attribute: "is_external_principal", value: false },
    ],
    ["change the resource that policies see", equal("resource", "billing")],
    ["change the action that policies see", equal("action", "delete")],
    ["change the time", isTheTime("1970-01-01T00:00:00.000Z")],
    ["change the day", equal("day_of_week", "sunday")],
  ])("%s", async (_, condition) => {
    expect(await isAllowed(condition, { token: nobody, context: forgedContext })).toBe(false);
  });

  test("be told from the token by its names: they are all read as metadata", async () => {
    const condition = { ...equal("request_metadata", "root"), metadata_key: "external_subject" };

    expect(await isAllowed(condition, { token: nobody, context: forgedContext })).toBe(true);
  });

  test("say anything through a prototype", async () => {
    const condition = { ...equal("request_metadata", "berlin"), metadata_key: "office" };
    const context = {};
    Object.setPrototypeOf(context, { office: "berlin" });

    expect(await isAllowed(condition, { token: ada, context })).toBe(false);
  });
});

test("a context that throws when it is read is a Deny, not an answer by accident", async () => {
  const condition = { ...equal("request_metadata", "berlin"), metadata_key: "office" };
  const { check, decisions } = startAuthorizer([
    configuration({ policies: [allowWhen(condition)] }),
  ]);
  const context = {
    get office(): never {
      throw new Error("no office");
    },
  };

  const checked = await check({ token: ada, context });

  expect(checked).toMatchObject({
    ok: true,
    value: { allowed: false, reason: "internal_error", evaluatedAt: noon },
  });
  expect(decisions).toMatchObject([{ decision: "Deny", reason: "internal_error" }]);
});

/** `__proto__` is a key like any other in JSON; only parsing makes it one of an object. */
function parseContext(text: string): Readonly<Record<string, unknown>> {
  const context: unknown = JSON.parse(text);
  return Object(context);
}
