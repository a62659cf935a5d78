import { compilePolicies, type Effect, type PolicyRule } from "@byot/policy-engine";
import { describe, expect, test } from "vitest";
import { type Attached, decide, parsed, planOf, policy, requestOf } from "./support/decide.js";
import { premiumAccess } from "./support/mission-policies.js";

const whenPremium = { function: "string_equal", attribute: "ext_plan", value: "premium" } as const;
const whenSuspended = {
  function: "boolean_equal",
  attribute: "ext_suspended",
  value: true,
} as const;

function rule(id: string, effect: Effect, conditions: PolicyRule["conditions"] = []): PolicyRule {
  return { rule_id: id, effect, conditions };
}

function decideAt(attached: readonly Attached[], given: Readonly<Record<string, unknown>>) {
  return planOf(attached).decide(requestOf(given));
}

const premium = { ext_plan: "premium" };

describe("several policies of one priority", () => {
  test("allow when one allows, though each denies by default", () => {
    const documents = [
      parsed(premiumAccess),
      policy([rule("manager", "Allow", [{ ...whenPremium, value: "business" }])], "Deny"),
    ];

    expect(decide(documents, premium)).toMatchObject({ allowed: true, reason: "allowed_by_rule" });
  });

  test("deny when one denies, though another allows", () => {
    const documents = [policy([rule("open", "Allow")]), policy([rule("closed", "Deny")])];

    expect(decide(documents, {})).toMatchObject({
      decision: "Deny",
      reason: "denied_by_rule",
      determining: [{ policyId: "policy-1", ruleId: "closed", effect: "Deny" }],
    });
  });

  test("do not allow when a Deny rule beside an Allow cannot be evaluated", () => {
    const documents = [
      policy([rule("open", "Allow")]),
      policy([rule("suspended", "Deny", [whenSuspended])]),
    ];

    expect(decide(documents, {})).toMatchObject({
      allowed: false,
      decision: "Indeterminate",
      reason: "undetermined",
      missing: ["ext_suspended"],
    });
  });

  test("name every rule that says the same", () => {
    const documents = [
      policy([rule("first", "Allow"), rule("second", "Allow")]),
      policy([rule("third", "Allow")]),
    ];

    expect(decide(documents, {}).determining.map(({ ruleId }) => ruleId)).toEqual([
      "first",
      "second",
      "third",
    ]);
  });
});

describe("defaults", () => {
  test.each<[string, (Effect | undefined)[], Effect, string, number]>([
    ["none", [undefined, undefined], "Deny", "no_rule_matched", 0],
    ["one Allow", [undefined, "Allow"], "Allow", "allowed_by_default", 1],
    ["two Allows", ["Allow", "Allow"], "Allow", "allowed_by_default", 2],
    ["one Deny", ["Deny", undefined], "Deny", "denied_by_default", 1],
    ["an Allow and a Deny", ["Allow", "Deny"], "Deny", "denied_by_default", 1],
  ])("%s", (...[, defaults, decision, reason, count]) => {
    const documents = defaults.map((fallback) => policy([], fallback));

    const result = decide(documents, {});

    expect(result).toMatchObject({ decision, reason });
    expect(result.determining).toHaveLength(count);
    expect(result.determining.every(({ ruleId }) => ruleId === null)).toBe(true);
  });

  test("make a Deny of a Deny rule that cannot be evaluated, since both ways deny", () => {
    const documents = [policy([rule("suspended", "Deny", [whenSuspended])], "Deny")];

    expect(decide(documents, {})).toMatchObject({
      decision: "Deny",
      reason: "denied_by_default",
      errors: [{ code: "missing_attribute", attribute: "ext_suspended", decisive: false }],
      missing: [],
    });
  });

  test("do not rescue a Deny rule that cannot be evaluated", () => {
    const documents = [policy([rule("suspended", "Deny", [whenSuspended])], "Allow")];

    expect(decide(documents, {})).toMatchObject({ allowed: false, decision: "Indeterminate" });
  });

  test("never overrule a rule of another policy", () => {
    const documents = [policy([], "Allow"), policy([rule("closed", "Deny")])];

    expect(decide(documents, {})).toMatchObject({ decision: "Deny", reason: "denied_by_rule" });
  });
});

describe("priorities", () => {
  const open = policy([rule("open", "Allow")]);
  const closed = policy([rule("closed", "Deny")]);
  const ifPremium = policy([rule("premium", "Allow", [whenPremium])]);

  test("the higher number is looked at first", () => {
    const attached = [
      { document: closed, priority: 1 },
      { document: open, priority: 2 },
    ];

    expect(decideAt(attached, {})).toMatchObject({
      allowed: true,
      determining: [{ policyId: "policy-1", ruleId: "open", priority: 2 }],
    });
  });

  test("a lower one answers where the higher says nothing", () => {
    const attached = [
      { document: ifPremium, priority: 2 },
      { document: closed, priority: -1 },
    ];

    expect(decideAt(attached, { ext_plan: "free" })).toMatchObject({
      decision: "Deny",
      determining: [{ ruleId: "closed", priority: -1 }],
    });
  });

  test("a higher one that is unknown does not matter when the lower one agrees in both cases", () => {
    const attached = [
      { document: ifPremium, priority: 2 },
      { document: open, priority: 1 },
    ];

    expect(decideAt(attached, {})).toMatchObject({
      allowed: true,
      reason: "allowed_by_rule",
      determining: [{ ruleId: "open", priority: 1 }],
      errors: [{ attribute: "ext_plan", decisive: false }],
      missing: [],
    });
  });

  test("a higher one that is unknown leaves the answer open when the lower one disagrees", () => {
    const attached = [
      { document: ifPremium, priority: 2 },
      { document: closed, priority: 1 },
    ];

    expect(decideAt(attached, {})).toMatchObject({
      decision: "Indeterminate",
      missing: ["ext_plan"],
    });
  });

  test("defaults of every priority count, and only below the last", () => {
    const attached = [
      { document: policy([], "Deny"), priority: 9 },
      { document: open, priority: 0 },
    ];

    expect(decideAt(attached, {})).toMatchObject({ allowed: true, reason: "allowed_by_rule" });
  });

  test("errors below the deciding one are not reported", () => {
    const attached = [
      { document: open, priority: 2 },
      { document: ifPremium, priority: 1 },
    ];

    expect(decideAt(attached, {}).errors).toEqual([]);
  });
});

describe("permissions", () => {
  const open = policy([rule("open", "Allow")]);
  const version = { id: "open", version: 3, document: open };

  function answer(
    resource: string,
    action: string,
    grant: { resource: string; actions: string[] },
  ) {
    const plan = compilePolicies([{ ...grant, priority: 0, policyId: "open" }], [version]);
    return plan.decide({ resource, action, named: new Map(), metadata: {} });
  }

  test.each([
    ["the resource and the action", "orders", ["approve"], true],
    ["one of several actions", "orders", ["read", "approve"], true],
    ["every action", "orders", ["*"], true],
    ["every resource", "*", ["approve"], true],
    ["everything", "*", ["*"], true],
    ["another resource", "invoices", ["approve"], false],
    ["another action", "orders", ["read"], false],
    ["the resource in other letters", "Orders", ["approve"], false],
    ["no action", "orders", [], false],
  ])("that name %s", (...[, resource, actions, allowed]) => {
    expect(answer("orders", "approve", { resource, actions }).allowed).toBe(allowed);
  });

  test("that do not match deny with a reason of its own", () => {
    expect(answer("orders", "read", { resource: "orders", actions: ["approve"] })).toEqual({
      allowed: false,
      decision: "Deny",
      reason: "no_permission",
      determining: [],
      errors: [],
      missing: [],
      obligations: [],
      advice: [],
    });
  });

  test.each([
    ["every resource", { resource: "*", actions: ["approve"] }],
    ["every action", { resource: "orders", actions: ["*"] }],
    ["everything", { resource: "*", actions: ["*"] }],
  ])("for %s count beside those that name what is asked for", (_name, grant) => {
    const closed = { id: "closed", version: 1, document: policy([rule("closed", "Deny")]) };
    const plan = compilePolicies(
      [
        { resource: "orders", actions: ["approve"], priority: 0, policyId: "open" },
        { ...grant, priority: 0, policyId: "closed" },
      ],
      [version, closed],
    );

    expect(plan.decide(requestOf({}))).toMatchObject({
      decision: "Deny",
      determining: [{ policyId: "closed" }],
    });
  });

  test("are not matched by asking for a wildcard", () => {
    expect(answer("*", "*", { resource: "orders", actions: ["approve"] }).reason).toBe(
      "no_permission",
    );
  });

  test("that attach a policy twice count it once, at the higher priority", () => {
    const grant = { resource: "orders", actions: ["approve"], policyId: "open" };
    const grants = [
      { ...grant, priority: 1 },
      { ...grant, priority: 5 },
      { ...grant, priority: 5 },
    ];

    const { determining } = compilePolicies(grants, [version]).decide(requestOf({}));

    expect(determining).toEqual([
      { policyId: "open", policyVersion: 3, ruleId: "open", effect: "Allow", priority: 5 },
    ]);
  });

  test("let one plan answer for many resources and actions, again and again", () => {
    const plan = compilePolicies(
      [{ resource: "orders", actions: ["read"], priority: 0, policyId: "open" }],
      [version],
    );
    const ask = (resource: string, action: string) =>
      plan.decide({ resource, action, named: new Map(), metadata: {} }).reason;

    expect(ask("orders", "read")).toBe("allowed_by_rule");
    expect(ask("orders", "write")).toBe("no_permission");
    expect(ask("invoices", "read")).toBe("no_permission");
    expect(ask("constructor", "__proto__")).toBe("no_permission");
    expect(ask("orders", "read")).toBe("allowed_by_rule");
  });
});

describe("a plan", () => {
  const open = { id: "open", version: 1, document: policy([rule("open", "Allow")]) };
  const grant = { resource: "orders", actions: ["approve"], priority: 0, policyId: "open" };

  test("is refused when a permission names a policy that is not there", () => {
    expect(() => compilePolicies([{ ...grant, policyId: "gone" }], [open])).toThrow(
      "a permission names the unknown policy `gone`",
    );
  });

  test("is refused when two policies share an id", () => {
    expect(() => compilePolicies([grant], [open, open])).toThrow(TypeError);
  });

  test.each([Number.NaN, 0.5, Number.POSITIVE_INFINITY])(
    "is refused for priority %s",
    (priority) => {
      expect(() => compilePolicies([{ ...grant, priority }], [open])).toThrow(TypeError);
    },
  );

  test("does not follow later changes of the permissions", () => {
    const actions = ["read"];
    const plan = compilePolicies([{ ...grant, actions }], [open]);

    actions.push("approve");

    expect(plan.decide(requestOf({})).reason).toBe("no_permission");
  });
});
