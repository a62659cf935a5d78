import type { DecideOptions, DecisionResult, Notice } from "@byot/policy-engine";
import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { rankedPolicies, type RankedDocument, requests } from "./support/arbitrary-policies.js";
import { type Given, parsed, planOf, policy, requestOf } from "./support/decide.js";
import { decideNaively, type NaivePolicy, type NaiveResult } from "./support/naive-engine.js";

// The run in a suite is short; a longer one is a matter of setting this.
const factor = Number(process.env["BYOT_PROPERTY_FACTOR"] ?? "1");
const times = (count: number) => ({ numRuns: count * factor });

// Thousands of runs each: a slow machine may take its time, as long as every one of them holds.
vi.setConfig({ testTimeout: 60_000 * factor });

const everything = rankedPolicies({ optOuts: true, collapsing: true });
const withoutOptOuts = rankedPolicies({ optOuts: false, collapsing: true });
const lifted = rankedPolicies({ optOuts: false, collapsing: false });

function decide(
  policies: readonly RankedDocument[],
  given: Given,
  options?: DecideOptions,
): DecisionResult {
  return planOf(policies).decide(requestOf(given), options);
}

function comparable(result: DecisionResult): NaiveResult {
  const { decision, indeterminate, reason, determining, errors, missing } = result;
  return {
    decision,
    ...(indeterminate === undefined ? {} : { indeterminate }),
    reason,
    determining: determining.map(({ policyId, ruleId }) => `${policyId}/${ruleId}`),
    errors: errors.map(
      ({ policyId, ruleId, path, code, decisive }) =>
        `${policyId}/${ruleId} ${path} ${code} ${decisive}`,
    ),
    missing,
    obligations: result.obligations.map(noticeLine),
    advice: result.advice.map(noticeLine),
  };
}

function noticeLine({ policyId, ruleId, id }: Notice): string {
  return `${ruleId === undefined ? policyId : `${policyId}/${ruleId}`} ${id}`;
}

function named(policies: readonly RankedDocument[]): NaivePolicy[] {
  return policies.map((each, index) => ({ ...each, id: `policy-${index}` }));
}

/** The request without some of its attributes, metadata keys included. */
function hide(given: Given, hidden: readonly string[]): Given {
  const { request_metadata: metadata, ...attributes } = given;
  const keep = ([name]: readonly [string, unknown]) => !hidden.includes(name);
  return {
    ...Object.fromEntries(Object.entries(attributes).filter(keep)),
    request_metadata: Object.fromEntries(Object.entries(metadata ?? {}).filter(keep)),
  };
}

const attributeNames = [
  "ext_plan",
  "ext_role",
  "ext_groups",
  "ext_suspended",
  "amount",
  "limit",
] as const;

const isDefinite = ({ decision }: DecisionResult) => decision !== "Indeterminate";

describe("decisions over random policies and requests", () => {
  test("are those of a second engine written from the rules alone", () => {
    fc.assert(
      fc.property(everything, requests, fc.boolean(), (policies, given, leaveOpen) => {
        expect(comparable(decide(policies, given, { leaveOpen }))).toEqual(
          decideNaively(named(policies), given, leaveOpen),
        );
      }),
      times(1_500),
    );
  });

  test("allow exactly where the decision is Allow", () => {
    fc.assert(
      fc.property(everything, requests, (policies, given) => {
        const { allowed, decision, indeterminate } = decide(policies, given);

        expect(allowed).toBe(decision === "Allow");
        expect(indeterminate !== undefined).toBe(decision === "Indeterminate");
      }),
      times(500),
    );
  });

  test("do not become Allow by hiding attributes", () => {
    fc.assert(
      fc.property(
        withoutOptOuts,
        requests,
        fc.subarray([...attributeNames]),
        (policies, given, hidden) => {
          const whole = decide(policies, given);
          const partial = decide(policies, hide(given, hidden));

          expect(partial.allowed && !whole.allowed).toBe(false);
        },
      ),
      times(1_500),
    );
  });

  test("stay as they are, once definite, whatever is filled in", () => {
    fc.assert(
      fc.property(
        lifted,
        requests,
        fc.boolean(),
        fc.subarray([...attributeNames]),
        (...[policies, given, leaveOpen, hidden]) => {
          const partial = decide(policies, hide(given, hidden), { leaveOpen });
          const whole = decide(policies, given, { leaveOpen });

          expect(isDefinite(partial) ? whole.decision : partial.decision).toBe(partial.decision);
        },
      ),
      times(1_500),
    );
  });

  test("do not depend on the order of policies, of conditions, or of rules but the first applicable", () => {
    fc.assert(
      fc.property(everything, requests, (policies, given) => {
        const straight = decide(policies, given);
        const backwards = decide(policies.toReversed().map(turnAround), given);

        expect(backwards.decision).toBe(straight.decision);
        expect(backwards.reason).toBe(straight.reason);
        expect(backwards.missing.toSorted()).toEqual(straight.missing.toSorted());
        expect(backwards.errors).toHaveLength(straight.errors.length);
      }),
      times(500),
    );
  });

  test("are Deny where a rule of the highest priority denies", () => {
    const document = policy([{ rule_id: "closed", effect: "Deny" }]);
    fc.assert(
      fc.property(everything, requests, (policies, given) => {
        const { decision, reason } = decide([...policies, { document, priority: 10 }], given);

        expect({ decision, reason }).toEqual({ decision: "Deny", reason: "denied_by_rule" });
      }),
      times(500),
    );
  });

  test("are never Allow where no rule, no default and no algorithm allows", () => {
    fc.assert(
      fc.property(everything, requests, (policies, given) => {
        expect(decide(policies.map(withoutAllow), given).allowed).toBe(false);
      }),
      times(500),
    );
  });

  test("name as missing only what was not supplied", () => {
    fc.assert(
      fc.property(everything, requests, (policies, given) => {
        const { missing } = decide(policies, given);
        const metadata = Object.entries(given["request_metadata"] ?? {});
        const supplied = [
          ...Object.entries(given),
          ...metadata.map(([key, value]) => [`request_metadata.${key}`, value] as const),
        ].filter(([, value]) => value !== null);

        expect(missing.filter((name) => supplied.some(([known]) => known === name))).toEqual([]);
      }),
      times(500),
    );
  });
});

describe("explanations of random decisions", () => {
  test("change nothing about the decision", () => {
    fc.assert(
      fc.property(everything, requests, (policies, given) => {
        const { trace, nearestMisses, ...explained } = decide(policies, given, { explain: true });

        expect(explained).toEqual(decide(policies, given));
        expect(trace?.because).toBe(explained.reason);
        expect(explained.allowed ? nearestMisses : []).toEqual([]);
      }),
      times(500),
    );
  });
});

function turnAround({ priority, document }: RankedDocument): RankedDocument {
  const { specification } = document;
  const rules = specification.rules.map((rule) =>
    Object.assign({}, rule, { conditions: rule.conditions?.toReversed() ?? [] }),
  );
  const isOrdered = specification.combining === "first_applicable";
  return {
    priority,
    document: {
      ...document,
      specification: { ...specification, rules: isOrdered ? rules : rules.toReversed() },
    },
  };
}

function withoutAllow({ priority, document }: RankedDocument): RankedDocument {
  const { combining, default: fallback, rules, ...rest } = document.specification;
  return {
    priority,
    document: parsed({
      ...document,
      specification: {
        ...rest,
        ...(combining === "allow_unless_deny" ? {} : { combining: combining ?? "deny_overrides" }),
        ...(fallback?.effect === "Deny" ? { default: fallback } : {}),
        rules: rules.filter(({ effect }) => effect === "Deny"),
      },
    }),
  };
}
