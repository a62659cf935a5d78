import { z } from "zod";
import { leafFunctionNames } from "../conditions/condition-functions.js";
import type { ConditionOption } from "../conditions/function-description.js";
import { groupFunctions } from "../conditions/group-functions.js";
import type { LeafFunction } from "../conditions/leaf-function.js";
import { leafFunctions } from "../conditions/leaf-functions.js";
import { findTimeZone } from "../values/time-zone.js";
import { literalForms } from "./literal-shapes.js";
import {
  type Condition,
  type ConditionValue,
  type GroupFunctionName,
  type PolicyDocument,
  policyNamePattern,
  type PolicySpecification,
} from "./policy-document.js";

const description = boundedText(0, 1_000).exactOptional();
const effect = oneOf("Allow", "Deny");

const referenceShape = {
  attribute: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,66}$/, {
      error: "must be 1–67 characters of `a-z 0-9 _`, a letter first",
    })
    .meta({ id: "PolicyAttributeName" }),
  metadata_key: boundedText(1, 256).meta({ id: "PolicyMetadataKey" }).exactOptional(),
  metadata_path: z
    .array(boundedText(1, 256))
    .min(1, { error: "must hold 1–16 keys" })
    .max(16, { error: "must hold 1–16 keys" })
    .meta({ id: "PolicyMetadataPath" })
    .exactOptional(),
};

const optionShapes = {
  on_missing: oneOf("error", "false", "true").meta({ id: "PolicyOnMissing" }),
  value_from: z.strictObject(referenceShape).meta({ id: "PolicyAttributeReference" }),
  value_on_missing: oneOf("error", "empty").meta({ id: "PolicyValueOnMissing" }),
  offset: z.union([z.string(), z.number()]),
  quantifier: oneOf("any", "all").meta({ id: "PolicyQuantifier" }),
  on_empty: oneOf("error", "false", "true").meta({ id: "PolicyOnEmpty" }),
  time_zone: z
    .string()
    .refine((name) => findTimeZone(name) !== undefined)
    .meta({ id: "PolicyTimeZone" }),
} as const satisfies Record<ConditionOption, z.ZodType>;

const onMissingOfSets = oneOf("error", "false", "true", "empty").meta({
  id: "PolicyOnMissingOfSet",
});

const conditionShape: z.ZodType<Condition> = z
  .lazy(() => conditionShapes)
  .meta({ id: "PolicyCondition" });

// Made once: a schema made anew for every look would be another one to whoever compares.
const conditionShapes = z.discriminatedUnion("function", [
  groupShape("all_of"),
  groupShape("any_of"),
  groupShape("none_of"),
  groupShape("not"),
  groupShape("at_least"),
  ...groupBySignature().map(leafShape),
]);

const combining = oneOf(
  "deny_overrides",
  "allow_overrides",
  "first_applicable",
  "deny_unless_allow",
  "allow_unless_deny",
).exactOptional();

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

/** Functions that are written alike, at least one. */
type Alike = readonly [LeafFunction, ...LeafFunction[]];

// A schema for each function would say most things a dozen times.
function groupBySignature(): readonly Alike[] {
  const groups = new Map<string, Alike>();
  for (const name of leafFunctionNames()) {
    const leaf = leafFunctions[name];
    const { valueType, options, offset } = leaf;
    const signature = JSON.stringify([valueType, options, offset?.noun, takesEmpty(leaf)]);
    const alike = groups.get(signature);
    groups.set(signature, alike === undefined ? [leaf] : [...alike, leaf]);
  }
  return [...groups.values()];
}

function takesEmpty({ attributeType }: LeafFunction): boolean {
  return attributeType?.endsWith("_set") === true;
}

function leafShape(alike: Alike) {
  const [leaf] = alike;
  const names = alike.map(({ name }) => name);
  const fixed = z.strictObject({ function: z.enum(names), ...referenceShape });
  if (leaf.valueType === null) {
    return fixed;
  }
  const value = literalShape(leaf);
  const { on_missing: onMissing, offset, ...others } = optionShapes;
  const options = {
    ...others,
    on_missing: takesEmpty(leaf) ? onMissingOfSets : onMissing,
    offset: offset.refine((raw) => leaf.offset?.isOffset(raw) === true, {
      error: `must be ${leaf.offset?.noun ?? "absent"}`,
    }),
  };
  return fixed.extend({
    value: leaf.options.includes("value_from") ? value.exactOptional() : value,
    ...Object.fromEntries(leaf.options.map((name) => [name, options[name].exactOptional()])),
  });
}

// The table that evaluates a condition also says which literals it takes.
function literalShape({ valueType, readValue }: LeafFunction): z.ZodType<ConditionValue> {
  return valueType === null
    ? z.never()
    : literalForms[valueType].shape.refine((value) => readValue?.(value).state === "read");
}

function groupShape(name: GroupFunctionName) {
  const { memberCount, needsNumber } = groupFunctions[name];
  const members = z.array(conditionShape);
  const conditions =
    memberCount === undefined
      ? members
      : members.length(memberCount, { error: `must hold exactly ${memberCount} condition` });
  const shape = z.strictObject({ function: z.literal(name), conditions });
  return needsNumber ? shape.extend({ n: z.int() }) : shape;
}

function oneOf<const Names extends readonly [string, ...string[]]>(...names: Names) {
  const last = names.at(-1) ?? "";
  const error = `must be ${names.slice(0, -1).map(quoted).join(", ")} or ${quoted(last)}`;
  return z.enum(names, { error });
}

function quoted(name: string): string {
  return `\`${name}\``;
}

function boundedText(minimum: number, maximum: number): z.ZodString {
  const error = `must be ${minimum}–${maximum} characters`;
  return z.string().min(minimum, { error }).max(maximum, { error });
}
