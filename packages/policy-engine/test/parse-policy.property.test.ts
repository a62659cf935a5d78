import { compilePolicies, parsePolicy, policyDocumentSchema } from "@byot/policy-engine";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rankedPolicies } from "./support/arbitrary-policies.js";
import { requestOf } from "./support/decide.js";
import { orderApproval } from "./support/mission-policies.js";

/** The order policy with one value somewhere replaced by any JSON. */
const damaged = fc
  .tuple(fc.nat({ max: 40 }), fc.jsonValue(), fc.constantFrom("__proto__", "value", "extra"))
  .map(([place, value, key]) => {
    let seen = 0;
    return JSON.parse(
      JSON.stringify(orderApproval, (_key, original: unknown) => {
        seen += 1;
        if (seen !== place) {
          return original;
        }
        const isObject = typeof original === "object" && !Array.isArray(original);
        return isObject ? { ...original, [key]: value } : value;
      }),
    ) as unknown;
  });

describe("reading any JSON", () => {
  test("never throws, and gives a policy that can be compiled or problems", () => {
    fc.assert(
      fc.property(fc.oneof(damaged, fc.jsonValue()), (json) => {
        const result = parsePolicy(json);
        const documents = result.ok ? [result.value] : [];
        const versions = documents.map((document) => ({ id: "a", version: 1, document }));
        const grants = documents.map(() => ({
          resource: "*",
          actions: ["*"],
          priority: 0,
          policyId: "a",
        }));

        expect(compilePolicies(grants, versions).decide(requestOf({})).reason).not.toBe(
          "internal_error",
        );
        expect(result.ok || result.error.length > 0).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test("agrees with the schema", () => {
    fc.assert(
      fc.property(fc.oneof(damaged, fc.jsonValue()), (json) => {
        expect(policyDocumentSchema.safeParse(json).success).toBe(parsePolicy(json).ok);
      }),
      { numRuns: 1_000 },
    );
  });

  test("reads what it has read as the same again", () => {
    fc.assert(
      fc.property(rankedPolicies({ optOuts: true, collapsing: true }), (policies) => {
        for (const { document } of policies) {
          expect(parsePolicy(JSON.parse(JSON.stringify(document)))).toEqual({
            ok: true,
            value: document,
          });
        }
      }),
    );
  });
});
