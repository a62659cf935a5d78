import { describe, expect, test } from "vitest";
import { configuration, policy } from "./support/configuration.js";
import { issueToken } from "./support/identity-provider.js";
import { startAuthorizer } from "./support/start-authorizer.js";

const token = await issueToken("ada");
const many = Array.from({ length: 100 }, (_, index) => index);

function condition(metadata_key: string): object {
  return { function: "string_equal", attribute: "request_metadata", metadata_key, value: "x" };
}

describe("a decision", () => {
  test("names at most 32 conditions that could not be evaluated, decisive ones first", async () => {
    const rules = many.map((index) => ({
      rule_id: `rule-${index}`,
      effect: "Allow",
      conditions: [condition(`key-${index}`)],
    }));
    const { check, decisions } = startAuthorizer([
      configuration({ policies: [policy("many", { rules, default: { effect: "Deny" } })] }),
    ]);

    const checked = await check({ token });

    expect(checked.ok && checked.value.errors.length).toBe(32);
    expect(checked.ok && checked.value.missing.length).toBe(32);
    expect(checked).toMatchObject({ value: { reason: "undetermined" } });
    expect(decisions[0]?.errors).toHaveLength(32);
    expect(decisions[0]?.errors.every(({ decisive }) => decisive)).toBe(true);
  });

  test("names at most 32 of the rules that it rests on", async () => {
    const rules = many.map((index) => ({ rule_id: `rule-${index}`, effect: "Deny" }));
    const { check, decisions } = startAuthorizer([
      configuration({ policies: [policy("many", { rules })] }),
    ]);

    const checked = await check({ token });

    expect(checked).toMatchObject({ value: { reason: "denied_by_rule" } });
    expect(decisions[0]?.determining).toHaveLength(32);
    expect(decisions[0]?.determining[0]).toMatchObject({ ruleId: "rule-0" });
  });
});

describe("a workspace that requires an API key for checks", () => {
  const closed = configuration();
  const { workspace } = closed;
  const requiring = {
    ...closed,
    workspace: { ...workspace, settings: { ...workspace.settings, checksRequireApiKey: true } },
  };

  test("answers nothing without one, and reads no token", async () => {
    const { check, refusals } = startAuthorizer([requiring]);

    expect(await check({ token })).toMatchObject({ error: { code: "api_key_missing" } });
    expect(refusals).toEqual([]);
  });

  test("answers with one", async () => {
    const { check } = startAuthorizer([requiring]);

    expect(await check({ token, hasApiKey: true })).toMatchObject({ value: { allowed: true } });
  });
});
