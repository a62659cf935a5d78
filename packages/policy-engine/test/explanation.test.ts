import type { Condition, DecideOptions, PolicyDocument, TraceNode } from "@byot/policy-engine";
import { describe, expect, test } from "vitest";
import { type Given, parsed, planOf, policy, requestOf } from "./support/decide.js";
import { orderApproval } from "./support/mission-policies.js";

const revealing = { explain: true, revealValues: true } as const;

function explain(
  documents: readonly PolicyDocument[],
  given: Given,
  options: DecideOptions = revealing,
) {
  return planOf(documents.map((document) => ({ document }))).decide(requestOf(given), options);
}

function sentences(documents: readonly PolicyDocument[], given: Given, options?: DecideOptions) {
  return explain(documents, given, options).nearestMisses?.map(({ sentence }) => sentence);
}

const whenRole = (value: string): Condition => ({
  function: "string_equal",
  attribute: "ext_role",
  value,
});
const suspended: Condition = { function: "boolean_equal", attribute: "ext_suspended", value: true };

/** The tree as one line a node. */
function outline(node: TraceNode, depth = 0): string[] {
  const { kind, id, value, children = [] } = node;
  return [
    `${"  ".repeat(depth)}${kind} ${id}: ${value}`,
    ...children.flatMap((child) => outline(child, depth + 1)),
  ];
}

describe("the trace", () => {
  const member = { ext_role: "member", request_metadata: { orderAmount: 15_000 } };

  test("is there only when it is asked for", () => {
    const plain = explain([parsed(orderApproval)], member, {});

    expect(plain).not.toHaveProperty("trace");
    expect(plain).not.toHaveProperty("nearestMisses");
  });

  test("goes from all permissions down to the single conditions", () => {
    const { trace } = explain([parsed(orderApproval)], member);

    expect(trace && outline(trace)).toEqual([
      "set permissions: Deny",
      "  tier 0: NotApplicable",
      "    policy policy-0: NotApplicable",
      "      rule manager-high-value: NotApplicable",
      "        condition conditions/0: F",
      "        condition conditions/1: T",
      "      rule anyone-low-value: NotApplicable",
      "        condition conditions/0: F",
    ]);
  });

  test("shows targets and groups, what a lower priority is spared, and what no rule reached", () => {
    const first = parsed({
      name: "first",
      specification: {
        combining: "first_applicable",
        target: [{ function: "any_of", conditions: [whenRole("manager"), suspended] }],
        rules: [
          { rule_id: "a", effect: "Allow", conditions: [whenRole("manager")] },
          { rule_id: "b", effect: "Deny" },
        ],
      },
    });
    const attached = [
      { document: first, priority: 2 },
      { document: policy([{ rule_id: "c", effect: "Deny" }]), priority: 1 },
    ];

    const { trace } = planOf(attached).decide(requestOf({ ext_role: "manager" }), revealing);

    expect(trace && outline(trace)).toEqual([
      "set permissions: Allow",
      "  tier 2: Allow",
      "    policy policy-0: Allow",
      "      target target: T",
      "        group target/0: T",
      "          condition target/0/conditions/0: T",
      "          condition target/0/conditions/1: E",
      "      rule a: Allow",
      "        condition conditions/0: T",
      "      rule b: skipped",
      "  tier 1: skipped",
    ]);
  });

  test("tells who vouches for an attribute, and values only where they may be seen", () => {
    const shown = explain([parsed(orderApproval)], member, revealing).trace;
    const hidden = explain([parsed(orderApproval)], member, { explain: true }).trace;

    expect(shown?.children?.[0]?.children?.[0]?.children?.[0]?.children).toMatchObject([
      { attribute: "ext_role", origin: "token", actual: "member", expected: "manager" },
      { attribute: "request_metadata.orderAmount", origin: "caller", actual: 15_000 },
    ]);
    expect(JSON.stringify(hidden)).not.toMatch(/"member"|"manager"|10000|15000/);
  });

  test("gives the code of a condition that could not be evaluated", () => {
    const { trace } = explain(
      [policy([{ rule_id: "a", effect: "Allow", conditions: [suspended] }])],
      {
        ext_suspended: "true",
      },
    );
    const rule = trace?.children?.[0]?.children?.[0]?.children?.[0];

    expect(rule).toMatchObject({
      value: "Ind{P}",
      children: [{ value: "E", because: "type_error" }],
    });
  });
});

describe("the nearest miss", () => {
  const orders = parsed(orderApproval);

  test("names the rule, the condition and the value in one sentence", () => {
    const given = { ext_role: "member", request_metadata: { orderAmount: 15_000 } };

    expect(sentences([orders], given)).toEqual([
      "rule `manager-high-value` would allow if `ext_role` were `manager`",
      "rule `anyone-low-value` would allow if `request_metadata.orderAmount` were at most `10000`",
    ]);
  });

  test("holds no value unless it may", () => {
    const given = { ext_role: "member", request_metadata: { orderAmount: 15_000 } };
    const { nearestMisses } = explain([orders], given, { explain: true });

    expect(nearestMisses?.[0]).toEqual({
      policyId: "policy-0",
      policyVersion: 1,
      ruleId: "manager-high-value",
      priority: 0,
      changes: [
        {
          policyId: "policy-0",
          ruleId: "manager-high-value",
          path: "conditions/0",
          function: "string_equal",
          attribute: "ext_role",
          origin: "token",
          mustHold: true,
        },
      ],
      sentence: "rule `manager-high-value` would allow if `ext_role` were a value that fits",
    });
  });

  test("is the one with the fewest conditions to change", () => {
    expect(sentences([orders], {})).toEqual([
      "rule `anyone-low-value` would allow if `request_metadata.orderAmount` were at most `10000`",
    ]);
  });

  test("counts what would have to stop denying", () => {
    const document = policy([
      { rule_id: "suspended", effect: "Deny", conditions: [suspended] },
      { rule_id: "manager", effect: "Allow", conditions: [whenRole("manager")] },
    ]);

    expect(sentences([document], { ext_role: "manager", ext_suspended: true })).toEqual([
      "rule `manager` would allow if `ext_suspended` were not `true`",
    ]);
    expect(sentences([document], { ext_role: "member", ext_suspended: true })).toEqual([
      "rule `manager` would allow if `ext_role` were `manager` and `ext_suspended` were not `true`",
    ]);
  });

  test("is not offered where the change would wake a Deny", () => {
    const document = policy([
      { rule_id: "no-managers", effect: "Deny", conditions: [whenRole("manager")] },
      { rule_id: "manager", effect: "Allow", conditions: [whenRole("manager")] },
      { rule_id: "auditor", effect: "Allow", conditions: [whenRole("auditor")] },
    ]);

    expect(sentences([document], { ext_role: "member" })).toEqual([
      "rule `auditor` would allow if `ext_role` were `auditor`",
    ]);
  });

  test("is not there where a rule always denies, nor beside an Allow", () => {
    const closed = policy([{ rule_id: "closed", effect: "Deny" }]);
    const open = policy([{ rule_id: "open", effect: "Allow" }]);

    expect(sentences([open, closed], {})).toEqual([]);
    expect(sentences([open], {})).toEqual([]);
  });

  test.each<[Condition, string]>([
    [{ function: "not", conditions: [whenRole("member")] }, "`ext_role` were not `member`"],
    [
      { function: "string_in", attribute: "ext_plan", value: ["a", "b"] },
      '`ext_plan` were one of `["a","b"]`',
    ],
    [
      { function: "string_set_contains", attribute: "ext_groups", value: "a\nb" },
      "`ext_groups` contained `a\\nb`",
    ],
    [{ function: "attribute_exists", attribute: "ext_plan" }, "`ext_plan` were given"],
    [
      {
        function: "string_equal",
        attribute: "ext_plan",
        value_from: { attribute: "request_metadata", metadata_key: "plan" },
      },
      "`ext_plan` were the value of `request_metadata.plan`",
    ],
    [
      { function: "string_like", attribute: "ext_plan", value: "pre*" },
      "`ext_plan` passed `string_like` with `pre*`",
    ],
    [
      {
        function: "at_least",
        n: 2,
        conditions: [suspended, whenRole("member"), { ...suspended, attribute: "ext_new" }],
      },
      "`ext_suspended` were `true`",
    ],
  ])("puts %o into words", (condition, clause) => {
    const document = policy([{ rule_id: "a", effect: "Allow", conditions: [condition] }]);

    expect(sentences([document], { ext_role: "member" })).toEqual([
      `rule \`a\` would allow if ${clause}`,
    ]);
  });
});
