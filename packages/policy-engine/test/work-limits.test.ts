import {
  compilePolicies,
  parsePolicy,
  validatePolicy,
  type PolicyDocument,
} from "@byot/policy-engine";
import { RE2JS } from "re2js";
import { describe, expect, test } from "vitest";
import { estimateProgramSize } from "../src/values/estimate-program-size.js";

function document(specification: unknown): PolicyDocument {
  const parsed = parsePolicy({ name: "large", specification });
  if (!parsed.ok) {
    throw new TypeError(JSON.stringify(parsed.error));
  }
  return parsed.value;
}

function matches(pattern: string): object {
  return { function: "string_regexp_match", attribute: "ext_name", value: pattern };
}

function rulesOf(count: number, conditions: readonly object[]): readonly object[] {
  return Array.from({ length: count }, (_, index) => ({
    rule_id: `rule-${index}`,
    effect: "Allow",
    conditions,
  }));
}

describe("the size of a pattern", () => {
  test.each([
    "^[a-z]{1,63}(\\.[a-z]{1,63}){0,10}$",
    "\\d{4}-\\d{2}-\\d{2}",
    "(a{10}){20}",
    "((ab|c){3}d?){7,}",
    "[\\]a-z]{5}\\p{Greek}{2}x{0,40}",
    "(?:x{2,5}){3,4}",
  ])("is estimated for `%s` without falling far below the truth", (pattern) => {
    const size = RE2JS.compile(pattern).programSize();

    expect(2 * estimateProgramSize(pattern) + 16).toBeGreaterThanOrEqual(size);
  });

  test.each(["a{0,999}".repeat(100), "((((a{99}){99}){99}){99}){99}", "(.{0,900}[ac]{20}){9}"])(
    "refuses `%s` without compiling it",
    (pattern) => {
      const rules = rulesOf(
        1,
        Array.from({ length: 500 }, () => matches(pattern)),
      );

      expect(parsePolicy({ name: "hostile", specification: { rules } })).toMatchObject({
        ok: false,
      });
    },
  );
});

describe("the weight of a policy", () => {
  const plain = { function: "string_equal", attribute: "ext_plan", value: "premium" };

  test("is at most 5,000 conditions", () => {
    const fits = rulesOf(
      500,
      Array.from({ length: 10 }, () => plain),
    );
    const beyond = [...fits, ...rulesOf(1, [plain]).map((rule) => ({ ...rule, rule_id: "last" }))];

    expect(parsePolicy({ name: "fits", specification: { rules: fits } }).ok).toBe(true);
    expect(parsePolicy({ name: "beyond", specification: { rules: beyond } })).toMatchObject({
      error: [{ code: "LIMIT_EXCEEDED", path: "/specification" }],
    });
  });

  test("counts a pattern as much as its size", () => {
    const rules = rulesOf(
      1,
      Array.from({ length: 50 }, () => matches("[ab].{0,400}$")),
    );

    expect(parsePolicy({ name: "patterns", specification: { rules } })).toMatchObject({
      error: [{ code: "LIMIT_EXCEEDED" }],
    });
  });

  test("refuses a decision by policies that weigh more than 50,000 together", () => {
    const rules = rulesOf(
      500,
      Array.from({ length: 10 }, () => plain),
    );
    const policies = Array.from({ length: 11 }, (_, index) => ({
      id: `p${index}`,
      version: 1,
      document: document({ rules }),
    }));
    const grants = policies.map(({ id }) => ({
      resource: "orders",
      actions: ["read"],
      priority: 0,
      policyId: id,
    }));
    const request = { resource: "orders", action: "read", named: new Map(), metadata: {} };

    expect(compilePolicies(grants, policies).decide(request).reason).toBe("limit_exceeded");
    expect(compilePolicies(grants.slice(1), policies).decide(request).reason).not.toBe(
      "limit_exceeded",
    );
  });
});

test("a decision by more than 500 rules is explained by saying that it is too large", () => {
  const rules = rulesOf(501, [{ function: "boolean_equal", attribute: "ext_vip", value: true }]);
  const policy = { id: "many", version: 1, document: document({ rules }) };
  const grant = { resource: "orders", actions: ["read"], priority: 0, policyId: "many" };
  const named = new Map([["ext_vip", false]]);

  const result = compilePolicies([grant], [policy]).decide(
    { resource: "orders", action: "read", named, metadata: {} },
    { explain: true },
  );

  expect(result).toMatchObject({ allowed: false, nearestMisses: [] });
  expect(result.trace?.because).toContain("too many rules");
  expect(result.trace?.children).toBeUndefined();
});

test("a large target is not held against each of many rules", () => {
  const literals = Array.from({ length: 900 }, (_, index) => index);
  const one = { function: "integer_in", attribute: "ext_level", value: literals };
  const target = Array.from({ length: 100 }, () => one);
  const startedAt = performance.now();

  const findings = validatePolicy({
    name: "wide",
    specification: { target, rules: rulesOf(1000, [{ ...one, value: [1] }]) },
  });

  expect(findings.every(({ severity }) => severity !== "error")).toBe(true);
  // A bound against hanging: without the limit this takes many minutes.
  expect(performance.now() - startedAt).toBeLessThan(20_000);
});
