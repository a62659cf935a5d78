import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { resolveLazily, SlotTable } from "../src/conditions/attribute-slots.js";
import { internAtoms } from "../src/evaluation/atom-table.js";
import type { RuleAnswer } from "../src/evaluation/combining-algorithms.js";
import { compilePolicy } from "../src/evaluation/compiled-policy.js";
import { askAll, askIndexed, listRules } from "../src/evaluation/rule-list.js";
import { conditionLists, requests } from "./support/arbitrary-policies.js";
import { planOf, policy, requestOf } from "./support/decide.js";

vi.setConfig({ testTimeout: 60_000 });

const line = ({ placed, certain }: RuleAnswer) => `${placed.rule.id} ${certain}`;

describe("rules behind an index", () => {
  test("answer as they do one by one, errors included", () => {
    const lists = fc.array(conditionLists({ optOuts: true, collapsing: false }), { maxLength: 8 });
    fc.assert(
      fc.property(lists, fc.array(requests, { minLength: 1, maxLength: 4 }), (rules, givens) => {
        const document = policy(
          rules.map((conditions, index) => ({ rule_id: `r${index}`, effect: "Allow", conditions })),
        );
        const slots = new SlotTable();
        const compiled = compilePolicy({ id: "p", version: 1, document }, internAtoms(slots));
        const placed = compiled.rules.map((rule, position) => ({
          policy: compiled,
          rule,
          position,
        }));
        const list = listRules(placed, slots, { values: 1, bounds: 1 });

        for (const given of givens) {
          const request = requestOf(given);
          const indexed = askIndexed(list, resolveLazily(request));

          expect(indexed.map(line)).toEqual(askAll(list, resolveLazily(request)).map(line));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test("are found among 1,000 others", () => {
    const byPlan = Array.from({ length: 600 }, (_, index) => ({
      rule_id: `plan-${index}`,
      effect: "Allow" as const,
      conditions: [
        { function: "string_equal", attribute: "ext_plan", value: `plan-${index}` } as const,
      ],
    }));
    const byAmount = Array.from({ length: 400 }, (_, index) => ({
      rule_id: `amount-${index}`,
      effect: "Allow" as const,
      conditions: [
        {
          function: "integer_greater_equal",
          attribute: "request_metadata",
          metadata_key: "amount",
          value: index * 10,
        } as const,
        {
          function: "integer_less_than",
          attribute: "request_metadata",
          metadata_key: "amount",
          value: index * 10 + 10,
        } as const,
      ],
    }));
    const plan = planOf([{ document: policy([...byPlan, ...byAmount], "Deny") }]);

    const { determining, errors } = plan.decide(
      requestOf({ ext_plan: "plan-599", request_metadata: { amount: 25 } }),
    );
    const unknown = plan.decide(requestOf({ ext_plan: "plan-599" }));

    expect(determining.map(({ ruleId }) => ruleId)).toEqual(["plan-599", "amount-2"]);
    expect(errors).toEqual([]);
    expect(unknown.allowed).toBe(true);
    expect(unknown.errors).toHaveLength(800);
  });
});
