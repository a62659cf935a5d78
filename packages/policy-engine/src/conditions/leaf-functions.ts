import type { LeafFunctionName } from "../document/policy-document.js";
import { comparison, existence, type LeafFunction } from "./leaf-function.js";

type Integer = number | bigint;

interface IntegerComparison {
  readonly name: LeafFunctionName;
  readonly aliases?: readonly string[];
  readonly wording: string;
  readonly holds: (actual: Integer, expected: Integer) => boolean;
  readonly trueFor: number;
  readonly falseFor: number;
}

/** Every condition function on one attribute, by canonical name. */
export const leafFunctions: Readonly<Record<LeafFunctionName, LeafFunction>> = {
  string_equal: comparison({
    aliases: [],
    attributeType: "string",
    valueType: "string",
    holds: (actual, expected) => actual === expected,
    summary: "True when the attribute is exactly the value, code point by code point.",
    example: {
      condition: { function: "string_equal", attribute: "ext_plan", value: "premium" },
      trueFor: { ext_plan: "premium" },
      falseFor: { ext_plan: "Premium" },
    },
  }),
  string_in: comparison({
    aliases: ["string_is_in"],
    attributeType: "string",
    valueType: "string_list",
    holds: (actual, expected) => expected.has(actual),
    summary: "True when the attribute is one of the values.",
    example: {
      condition: { function: "string_in", attribute: "ext_plan", value: ["premium", "business"] },
      trueFor: { ext_plan: "business" },
      falseFor: { ext_plan: "free" },
    },
  }),
  string_set_contains: comparison({
    aliases: [],
    attributeType: "string_set",
    valueType: "string",
    holds: (actual, expected) => actual.has(expected),
    summary:
      "True when the value is among the attribute's values; a single string is a set of one.",
    example: {
      condition: { function: "string_set_contains", attribute: "ext_groups", value: "finance" },
      trueFor: { ext_groups: ["staff", "finance"] },
      falseFor: { ext_groups: ["staff"] },
    },
  }),
  integer_equal: integerComparison({
    name: "integer_equal",
    wording: "equal to",
    holds: (actual, expected) => actual === expected,
    trueFor: 10_000,
    falseFor: 10_001,
  }),
  integer_not_equal: integerComparison({
    name: "integer_not_equal",
    wording: "different from",
    holds: (actual, expected) => actual !== expected,
    trueFor: 10_001,
    falseFor: 10_000,
  }),
  integer_greater_than: integerComparison({
    name: "integer_greater_than",
    wording: "greater than",
    holds: (actual, expected) => actual > expected,
    trueFor: 10_001,
    falseFor: 10_000,
  }),
  integer_greater_equal: integerComparison({
    name: "integer_greater_equal",
    aliases: ["integer_greater_than_or_equal"],
    wording: "greater than or equal to",
    holds: (actual, expected) => actual >= expected,
    trueFor: 10_000,
    falseFor: 9_999,
  }),
  integer_less_than: integerComparison({
    name: "integer_less_than",
    wording: "less than",
    holds: (actual, expected) => actual < expected,
    trueFor: 9_999,
    falseFor: 10_000,
  }),
  integer_less_equal: integerComparison({
    name: "integer_less_equal",
    aliases: ["integer_less_than_or_equal"],
    wording: "less than or equal to",
    holds: (actual, expected) => actual <= expected,
    trueFor: 10_000,
    falseFor: 10_001,
  }),
  boolean_equal: comparison({
    aliases: [],
    attributeType: "boolean",
    valueType: "boolean",
    holds: (actual, expected) => actual === expected,
    summary: "True when the attribute is the value.",
    example: {
      condition: { function: "boolean_equal", attribute: "ext_suspended", value: true },
      trueFor: { ext_suspended: true },
      falseFor: { ext_suspended: false },
    },
  }),
  attribute_exists: existence({
    aliases: [],
    summary: "True when the attribute is there and not null; never an error.",
    example: {
      condition: { function: "attribute_exists", attribute: "ext_suspended" },
      trueFor: { ext_suspended: false },
      falseFor: { ext_suspended: null },
    },
  }),
};

function integerComparison(parts: IntegerComparison): LeafFunction {
  return comparison({
    aliases: parts.aliases ?? [],
    attributeType: "integer",
    valueType: "integer",
    holds: parts.holds,
    summary: `True when the attribute is an integer ${parts.wording} the value.`,
    example: {
      condition: {
        function: parts.name,
        attribute: "request_metadata",
        metadata_key: "orderAmount",
        value: 10_000,
      },
      trueFor: { request_metadata: { orderAmount: parts.trueFor } },
      falseFor: { request_metadata: { orderAmount: parts.falseFor } },
    },
  });
}
