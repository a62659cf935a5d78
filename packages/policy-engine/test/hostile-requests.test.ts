import type { Condition, LeafCondition, RequestAttributes } from "@byot/policy-engine";
import { describe, expect, test } from "vitest";
import { decide, parsed, planOf, policy, requestOf } from "./support/decide.js";

const conditions: LeafCondition[] = [
  { function: "string_equal", attribute: "ext_x", value: "a" },
  { function: "string_in", attribute: "ext_x", value: ["a"] },
  { function: "string_set_contains", attribute: "ext_x", value: "a" },
  { function: "integer_equal", attribute: "ext_x", value: 1 },
  { function: "boolean_equal", attribute: "ext_x", value: true },
];

const hostile: [string, unknown][] = [
  ["a symbol", Symbol("a")],
  ["a function", () => "a"],
  ["a date", new Date(0)],
  ["an object", { a: 1 }],
  ["an object without prototype", Object.create(null)],
  ["an object that turns into a text", { toString: () => "a", valueOf: () => 1 }],
  ["an object that is almost invalid", { invalid: 1 }],
  ["a very long reason", { invalid: "x".repeat(1_000_000) }],
  ["a list of lists", [["a"]]],
  ["a list with a hole", Object.assign([], { length: 2, 1: "a" })],
  ["a boxed text", Object("a")],
  ["infinity", Number.POSITIVE_INFINITY],
  ["a text over its limit", "a".repeat(10_001)],
  ["a set over its limit", Array.from({ length: 1_001 }, () => "a")],
  ["a set with a text over its limit", ["a".repeat(10_001)]],
  ["an enormous set", { length: 2 ** 31, __proto__: Array.prototype }],
];

describe("any attribute at all", () => {
  test.each(hostile)("%s allows nothing and throws nothing", (_name, value) => {
    for (const condition of conditions) {
      const document = policy(
        [{ rule_id: "rule", effect: "Allow", conditions: [condition] }],
        "Deny",
      );
      const asMetadata: LeafCondition = {
        ...condition,
        attribute: "request_metadata",
        metadata_key: "x",
      };
      const onMetadata = policy(
        [{ rule_id: "rule", effect: "Allow", conditions: [asMetadata] }],
        "Deny",
      );

      expect(decide([document], { ext_x: value })).toMatchObject({ decision: "Indeterminate" });
      expect(decide([onMetadata], { request_metadata: { x: value } })).toMatchObject({
        decision: "Indeterminate",
      });
    }
  });

  test("a metadata object that says it is invalid is only an object", () => {
    const document = policy([
      {
        rule_id: "rule",
        effect: "Allow",
        conditions: [
          {
            function: "string_equal",
            attribute: "request_metadata",
            metadata_key: "x",
            value: "a",
          },
        ],
      },
    ]);

    const { errors } = decide([document], { request_metadata: { x: { invalid: "secret" } } });

    expect(errors).toMatchObject([{ code: "type_error", actual: "object" }]);
  });

  test.each([
    ["metadata that throws", { metadata: new Proxy({}, { getOwnPropertyDescriptor: fail }) }],
    ["attributes that throw", { named: { get: fail } }],
    ["no metadata", { metadata: undefined }],
    ["no attributes", { named: null }],
  ])("%s is an internal error, and no answer", (_name, broken) => {
    const plan = planOf([
      {
        document: policy([
          {
            rule_id: "rule",
            effect: "Deny",
            conditions: [
              { function: "attribute_exists", attribute: "request_metadata", metadata_key: "x" },
              { function: "attribute_exists", attribute: "ext_x" },
            ],
          },
          { rule_id: "open", effect: "Allow" },
        ]),
      },
    ]);

    const request = { ...requestOf({ request_metadata: { x: 1 } }), ...broken };

    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- callers without types can pass this
    expect(plan.decide(request as unknown as RequestAttributes)).toMatchObject({
      allowed: false,
      decision: "Indeterminate",
      reason: "internal_error",
    });
  });
});

describe("limits", () => {
  const needsText: LeafCondition = { function: "string_equal", attribute: "ext_x", value: "a" };

  test("a value over its limit that leaves the answer open is named as the reason", () => {
    const document = policy(
      [{ rule_id: "rule", effect: "Allow", conditions: [needsText] }],
      "Deny",
    );

    expect(decide([document], { ext_x: "a".repeat(10_001) })).toMatchObject({
      allowed: false,
      decision: "Indeterminate",
      reason: "limit_exceeded",
    });
  });

  test("a value over its limit that changes nothing is not", () => {
    const document = policy([
      { rule_id: "rule", effect: "Allow", conditions: [needsText] },
      { rule_id: "closed", effect: "Deny" },
    ]);

    expect(decide([document], { ext_x: "a".repeat(10_001) })).toMatchObject({
      decision: "Deny",
      reason: "denied_by_rule",
      errors: [{ code: "limit" }],
    });
  });

  test("a text of 10,000 characters and a set of 1,000 are within them", () => {
    const long = "a".repeat(10_000);
    const document = policy([
      {
        rule_id: "rule",
        effect: "Allow",
        conditions: [
          { function: "string_equal", attribute: "ext_x", value: long },
          { function: "string_set_contains", attribute: "ext_y", value: "a" },
        ],
      },
    ]);

    const set = Array.from({ length: 1_000 }, () => "a");

    expect(decide([document], { ext_x: long, ext_y: set }).allowed).toBe(true);
  });

  test("10,000 rules decide, and one more refuses every request", () => {
    const rules = Array.from({ length: 1_000 }, (_, index) => ({
      rule_id: `rule-${index}`,
      effect: "Allow" as const,
    }));
    const thousand = policy(rules);
    const ten = Array.from({ length: 10 }, () => ({ document: thousand }));
    const one = { document: policy([{ rule_id: "open", effect: "Allow" }]) };

    expect(planOf(ten).decide(requestOf({})).allowed).toBe(true);
    expect(planOf([...ten, one]).decide(requestOf({}))).toMatchObject({
      allowed: false,
      decision: "Indeterminate",
      reason: "limit_exceeded",
    });
  });
});

describe("the largest policies", () => {
  test("with 10,000 rules that cannot be evaluated are reported within a second", () => {
    const rules = Array.from({ length: 1_000 }, (_, index) => ({
      rule_id: `rule-${index}`,
      effect: index % 2 === 0 ? ("Allow" as const) : ("Deny" as const),
      conditions: [whenPlan(`plan-${index}`)],
    }));
    const plan = planOf(Array.from({ length: 10 }, () => ({ document: policy(rules) })));
    plan.decide(requestOf({ ext_plan: "none" }));

    const started = performance.now();
    const { decision, errors, missing } = plan.decide(requestOf({}));

    expect({ decision, missing, count: errors.length }).toEqual({
      decision: "Indeterminate",
      missing: ["ext_plan"],
      count: 10_000,
    });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test("with as many targets that cannot be evaluated, each policy on its own, take no longer", () => {
    const document = parsed({
      name: "policy",
      specification: {
        target: [whenPlan("premium")],
        rules: [{ rule_id: "open", effect: "Allow" }],
        default: { effect: "Deny" },
      },
    });
    const plan = planOf(Array.from({ length: 5_000 }, () => ({ document })));
    plan.decide(requestOf({ ext_plan: "free" }));

    const started = performance.now();
    const { decision, errors } = plan.decide(requestOf({}));

    expect({ decision, count: errors.length }).toEqual({ decision: "Indeterminate", count: 5_000 });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test("are explained in bounded time, with groups as deep as they may be", () => {
    const deep = Array.from({ length: 16 }).reduce<Condition>(
      (inner) => ({ function: "any_of", conditions: [inner, whenPlan("other")] }),
      whenPlan("premium"),
    );
    const rules = Array.from({ length: 50 }, (_, index) => ({
      rule_id: `rule-${index}`,
      effect: "Allow" as const,
      conditions: [deep, whenPlan(`plan-${index}`)],
    }));
    const plan = planOf([{ document: policy(rules, "Deny") }]);

    const started = performance.now();
    const { trace, nearestMisses } = plan.decide(requestOf({}), { explain: true });

    expect(trace?.children).toHaveLength(1);
    expect(nearestMisses).toEqual([]);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

function fail(): never {
  throw new Error("hostile");
}

function whenPlan(value: string): LeafCondition {
  return { function: "string_equal", attribute: "ext_plan", value };
}
