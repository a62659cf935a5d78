import {
  attributeLabel,
  type AttributeReference,
  metadataAttribute,
} from "../conditions/attribute-reference.js";
import { standardAttributes } from "../conditions/standard-attributes.js";
import { nearestName, suggest } from "../document/nearest-name.js";
import type { LeafCondition } from "../document/policy-document.js";
import { type DocumentPath, quote } from "../document/policy-problem.js";
import type { AttributeSchema } from "./attribute-schema.js";
import { hint, type LocatedFinding } from "./finding.js";
import type { Placed } from "./walk-conditions.js";

/** What is worth a look in which attributes a condition reads, and in what it makes of missing ones. */
export function findAttributeHints(
  placed: Placed<LeafCondition>,
  schema: AttributeSchema | undefined,
): LocatedFinding[] {
  const { condition, path } = placed;
  const { value_from: reference } = condition;
  return [
    ...findUnknown(condition, path, schema),
    ...(reference === undefined ? [] : findUnknown(reference, [...path, "value_from"], schema)),
    ...findOptionalInDeny(placed, schema),
    ...findOutsideEnum(condition, path, schema),
    ...findAbsence(placed),
  ];
}

function findUnknown(
  reference: AttributeReference,
  path: DocumentPath,
  schema: AttributeSchema | undefined,
): LocatedFinding[] {
  const { attribute } = reference;
  const place = [...path, "attribute"];
  if (attribute === metadataAttribute) {
    const message = `${quote(attributeLabel(reference))} is what the calling application says`;
    return [hint("CALLER_SUPPLIED", place, message)];
  }
  const isKnown =
    standardAttributes.has(attribute) ||
    (schema === undefined ? attribute.startsWith("ext_") : schema.has(attribute));
  if (isKnown) {
    return [];
  }
  const names = [...standardAttributes.keys(), ...(schema?.keys() ?? []), metadataAttribute];
  const found = hint("UNKNOWN_ATTRIBUTE", place, `no provider maps ${quote(attribute)}`);
  return [{ ...found, ...suggest(nearestName(attribute, names)) }];
}

function findOptionalInDeny(
  { condition, path, effect }: Placed<LeafCondition>,
  schema: AttributeSchema | undefined,
): LocatedFinding[] {
  const label = attributeLabel(condition);
  const description = schema?.get(label);
  const isOptional = description !== undefined && description.required !== true;
  const isExcused = (condition.on_missing ?? "error") !== "error" || asksForPresence(condition);
  return effect === "Deny" && isOptional && !isExcused
    ? [
        hint(
          "DENY_ON_OPTIONAL_ATTRIBUTE",
          path,
          `where ${quote(label)} is missing, this Deny stops every Allow; say so with \`on_missing\``,
        ),
      ]
    : [];
}

function findOutsideEnum(
  condition: LeafCondition,
  path: DocumentPath,
  schema: AttributeSchema | undefined,
): LocatedFinding[] {
  const values = schema?.get(attributeLabel(condition))?.enum;
  if (
    values === undefined ||
    !/_(?:equal|in|contains|contains_any|contains_all)$/.test(condition.function)
  ) {
    return [];
  }
  const literals: readonly unknown[] = Array.isArray(condition.value)
    ? condition.value
    : [condition.value];
  const outside = literals.filter((literal) => !values.some((value) => value === literal));
  return outside.map((literal) =>
    hint(
      "VALUE_OUTSIDE_ENUM",
      [...path, "value"],
      `${quote(String(literal))} is none of the values of ${quote(attributeLabel(condition))}`,
    ),
  );
}

function findAbsence({ condition, path, effect }: Placed<LeafCondition>): LocatedFinding[] {
  const { on_missing: missing = "error", on_empty: empty = "error", quantifier } = condition;
  const isOpen =
    condition.function === "attribute_not_exists" ||
    missing !== "error" ||
    condition.value_on_missing === "empty";
  const vacuous = quantifier === "all" && empty === "true" && effect === "Allow";
  return [
    ...(isOpen
      ? [hint("DEPENDS_ON_ABSENCE", path, "leaving an attribute out can make a difference here")]
      : []),
    ...(vacuous
      ? [hint("VACUOUS_ALL_IN_ALLOW", [...path, "on_empty"], "a set without elements allows here")]
      : []),
  ];
}

function asksForPresence({ function: name }: LeafCondition): boolean {
  return name === "attribute_exists" || name === "attribute_not_exists";
}
