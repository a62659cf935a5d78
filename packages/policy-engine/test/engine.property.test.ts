import type { DecisionResult } from "@byot/policy-engine";
import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { rankedPolicies, type RankedDocument, requests } from "./support/arbitrary-policies.js";
import { type Given, planOf, requestOf } from "./support/decide.js";
import { decideNaively, type NaivePolicy, type NaiveResult } from "./support/naive-engine.js";

// Thousands of runs each: a slow machine may take its time, as long as every one of them holds.
vi.setConfig({ testTimeout: 60_000 });

const everything = rankedPolicies({ optOuts: true });
const withoutOptOuts = rankedPolicies({ optOuts: false });

function decide(policies: readonly RankedDocument[], given: Given): DecisionResult {
  return planOf(policies).decide(requestOf(given));
}

function comparable(result: DecisionResult): NaiveResult {
  const { decision, reason, determining, errors, missing } = result;
  if (decision === "NotApplicable") {
    throw new Error("a plan always closes");
  }
  return {
    decision,
    reason,
    determining: determining.map(({ policyId, ruleId }) => `${policyId}/${ruleId}`),
    errors: errors.map(
      ({ policyId, ruleId, path, code, decisive }) =>
        `${policyId}/${ruleId} ${path} ${code} ${decisive}`,
    ),
    missing,
  };
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
      fc.property(everything, requests, (policies, given) => {
        expect(comparable(decide(policies, given))).toEqual(decideNaively(named(policies), given));
      }),
      { numRuns: 5_000 },
    );
  });

  test("allow exactly where the decision is Allow", () => {
    fc.assert(
      fc.property(everything, requests, (policies, given) => {
        const { allowed, decision, indeterminate } = decide(policies, given);

        expect(allowed).toBe(decision === "Allow");
        expect(indeterminate !== undefined).toBe(decision === "Indeterminate");
      }),
      { numRuns: 1_000 },
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
      { numRuns: 5_000 },
    );
  });

  test("stay as they are, once definite, whatever is filled in", () => {
    fc.assert(
      fc.property(
        withoutOptOuts,
        requests,
        fc.subarray([...attributeNames]),
        (policies, given, hidden) => {
          const partial = decide(policies, hide(given, hidden));
          const whole = decide(policies, given);

          expect(isDefinite(partial) ? whole.decision : partial.decision).toBe(partial.decision);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  test("do not depend on the order of rules, policies or conditions", () => {
    fc.assert(
      fc.property(everything, requests, (policies, given) => {
        const reversed = policies.toReversed().map(({ priority, document }) => ({
          priority,
          document: {
            ...document,
            specification: {
              ...document.specification,
              rules: document.specification.rules
                .toReversed()
                .map((rule) =>
                  Object.assign({}, rule, { conditions: rule.conditions?.toReversed() ?? [] }),
                ),
            },
          },
        }));
        const straight = decide(policies, given);
        const backwards = decide(reversed, given);

        expect(backwards.decision).toBe(straight.decision);
        expect(backwards.reason).toBe(straight.reason);
        expect(backwards.missing.toSorted()).toEqual(straight.missing.toSorted());
        expect(backwards.errors).toHaveLength(straight.errors.length);
      }),
      { numRuns: 2_000 },
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
      { numRuns: 1_000 },
    );
  });
});
