import { z } from "zod";
import { leafFunctionNames } from "../conditions/condition-functions.js";
import { groupFunctions } from "../conditions/group-functions.js";
import { leafFunctions } from "../conditions/leaf-functions.js";
import type { ValueTypeName } from "../conditions/value-types.js";
import {
  type Condition,
  type ConditionValue,
  type GroupFunctionName,
  type LeafFunctionName,
  type PolicyDocument,
  policyNamePattern,
  type PolicySpecification,
} from "./policy-document.js";

const description = boundedText(0, 1_000).exactOptional();
const effect = z.enum(["Allow", "Deny"], { error: "must be `Allow` or `Deny`" });

const onMissing = z
  .enum(["error", "false", "true"], { error: "must be `error`, `false` or `true`" })
  .exactOptional();

const literals: Readonly<Record<ValueTypeName, z.ZodType<ConditionValue>>> = {
  string: z.string(),
  integer: z.union([z.int(), z.string().regex(/^(?:0|-?[1-9][0-9]*)$/)]),
  boolean: z.boolean(),
  string_set: z.array(z.string()),
  string_list: z.array(z.string()),
};

const conditionShape: z.ZodType<Condition> = z
  .lazy(() =>
    z.discriminatedUnion("function", [
      groupShape("all_of"),
      groupShape("any_of"),
      groupShape("not"),
      ...leafFunctionNames().map(leafShape),
    ]),
  )
  .meta({ id: "PolicyCondition" });

const combining = z
  .enum(
    [
      "deny_overrides",
      "allow_overrides",
      "first_applicable",
      "deny_unless_allow",
      "allow_unless_deny",
    ],
    {
      error:
        "must be `deny_overrides`, `allow_overrides`, `first_applicable`, `deny_unless_allow` or `allow_unless_deny`",
    },
  )
  .exactOptional();

const noticeShape = z.strictObject({
  id: boundedText(1, 100),
  on: effect,
  attributes: z.record(z.string(), z.unknown()).exactOptional(),
});

const notices = z
  .array(noticeShape)
  .max(100, { error: "must hold at most 100 entries" })
  .exactOptional();

const ruleShape = z.strictObject({
  rule_id: boundedText(1, 100),
  description,
  effect,
  conditions: z.array(conditionShape).exactOptional(),
  obligations: notices,
  advice: notices,
});

/** The structure of a specification, without what only a whole document can tell. */
export const specificationShape: z.ZodType<PolicySpecification> = z.strictObject({
  combining,
  target: z.array(conditionShape).exactOptional(),
  rules: z.array(ruleShape),
  obligations: notices,
  advice: notices,
  default: z.strictObject({ effect }).exactOptional(),
});

/** The structure of a document, without what only a whole document can tell. */
export const documentShape: z.ZodType<PolicyDocument> = z.strictObject({
  name: z.string().regex(policyNamePattern, {
    error: "must be 1–63 characters of `a-z 0-9 _ . : -`, a letter first",
  }),
  description,
  specification: specificationShape,
});

function leafShape(name: LeafFunctionName) {
  const { valueType } = leafFunctions[name];
  const reference = z.strictObject({
    function: z.literal(name),
    attribute: z.string().regex(/^[a-z][a-z0-9_]{0,66}$/, {
      error: "must be 1–67 characters of `a-z 0-9 _`, a letter first",
    }),
    metadata_key: boundedText(1, 256).exactOptional(),
  });
  return valueType === null
    ? reference
    : reference.extend({ value: literalShape(name, valueType), on_missing: onMissing });
}

// The table that evaluates a condition also says which literals it takes.
function literalShape(name: LeafFunctionName, valueType: ValueTypeName): z.ZodType<ConditionValue> {
  const { readValue } = leafFunctions[name];
  return literals[valueType].refine((value) => readValue?.(value).state === "read");
}

function groupShape(name: GroupFunctionName) {
  const { memberCount } = groupFunctions[name];
  const members = z.array(conditionShape);
  return z.strictObject({
    function: z.literal(name),
    conditions:
      memberCount === undefined
        ? members
        : members.length(memberCount, { error: `must hold exactly ${memberCount} condition` }),
  });
}

function boundedText(minimum: number, maximum: number): z.ZodString {
  const error = `must be ${minimum}–${maximum} characters`;
  return z.string().min(minimum, { error }).max(maximum, { error });
}
