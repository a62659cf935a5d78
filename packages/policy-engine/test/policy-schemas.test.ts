import {
  conditionFunctions,
  policyDocumentSchema,
  policyJsonSchema,
  policyNamePattern,
  policySpecificationSchema,
} from "@byot/policy-engine";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { orderApproval, premiumAccess } from "./support/mission-policies.js";

const body = z.strictObject({
  name: z.string().regex(policyNamePattern),
  specification: policySpecificationSchema,
});

describe("the schemas", () => {
  test("accept what the parser accepts", () => {
    expect(policyDocumentSchema.parse(orderApproval)).toEqual(orderApproval);
    expect(body.parse(premiumAccess)).toEqual(premiumAccess);
  });

  test("report the parser's problems at their place in a larger body", () => {
    const rules = [{ rule_id: "a", effect: "Allow", conditions: [{ function: "string_eqal" }] }];

    expect(body.safeParse({ name: "policy", specification: { rules } }).error?.issues).toEqual([
      {
        code: "custom",
        path: ["specification", "rules", 0, "conditions", 0, "function"],
        message: "unknown function `string_eqal`",
        params: { code: "UNKNOWN_FUNCTION", suggestion: "string_equal" },
      },
    ]);
  });

  test("report repeated ids, which no structure can tell", () => {
    const rules = [
      { rule_id: "a", effect: "Allow" },
      { rule_id: "a", effect: "Deny" },
    ];

    expect(policySpecificationSchema.safeParse({ rules }).error?.issues).toMatchObject([
      { path: ["rules", 1, "rule_id"], params: { code: "DUPLICATE_RULE_ID" } },
    ]);
  });

  test("give a JSON schema for editors that is small and whole", () => {
    const schema = JSON.stringify(policyJsonSchema());

    expect(schema.length).toBeLessThan(50_000);
    expect(conditionFunctions.filter(({ name }) => !schema.includes(`"${name}"`))).toEqual([]);
    expect(policyJsonSchema()).toEqual(z.toJSONSchema(policyDocumentSchema, { io: "output" }));
  });

  test.each(["input", "output"] as const)("give a JSON schema of the structure as %s", (io) => {
    const schema = JSON.stringify(z.toJSONSchema(policyDocumentSchema, { io }));

    expect(schema).toContain('"PolicyCondition"');
    expect(conditionFunctions.filter(({ name }) => !schema.includes(`"${name}"`))).toEqual([]);
  });
});
