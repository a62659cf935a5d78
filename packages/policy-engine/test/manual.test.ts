import { readFileSync } from "node:fs";
import { conditionFunctions, validatePolicy } from "@byot/policy-engine";
import { describe, expect, test } from "vitest";

const manual = readFileSync(new URL("../../../docs/policy-language.md", import.meta.url), "utf8");
const blocks = Array.from(manual.matchAll(/```json\n(.*?)```/gs), ([, text = ""]): unknown =>
  JSON.parse(text),
);

function isPolicy(json: unknown): boolean {
  return typeof json === "object" && json !== null && "specification" in json;
}

function toPolicy(json: unknown): unknown {
  const rules = [{ rule_id: "rule", effect: "Allow", conditions: [json] }];
  return isPolicy(json) ? json : { name: "policy", specification: { rules } };
}

describe("the manual", () => {
  test("shows two policies and more conditions", () => {
    expect(blocks.filter(isPolicy)).toHaveLength(2);
    expect(blocks.length).toBeGreaterThan(6);
  });

  test.each(blocks)("shows what can be stored: %j", (json) => {
    const findings = validatePolicy(toPolicy(json));

    expect(findings.filter(({ severity }) => severity !== "info")).toEqual([]);
  });

  test("has every function", () => {
    expect(conditionFunctions.filter(({ name }) => !manual.includes(`**\`${name}\`**`))).toEqual(
      [],
    );
  });
});
