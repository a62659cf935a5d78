import { attributeLabel } from "../conditions/attribute-reference.js";
import { leafFunctions } from "../conditions/leaf-functions.js";
import { standardAttributes } from "../conditions/standard-attributes.js";
import { checkTypes, elementOf } from "../document/check-types.js";
import type { LeafCondition } from "../document/policy-document.js";
import type { AttributeSchema } from "./attribute-schema.js";
import type { LocatedFinding } from "./finding.js";
import type { Placed } from "./walk-conditions.js";

/** Types that are forms of others and say nothing about the attribute they are read from. */
const ambiguous: ReadonlySet<string> = new Set(["any_set", "email_pattern", "cidr_list"]);

/**
 * Where an attribute is read at a type it does not have: by the schema, or else by the first condition
 * that reads it.
 */
export function findTypeConflicts(
  leaves: readonly Placed<LeafCondition>[],
  schema: AttributeSchema | undefined,
): LocatedFinding[] {
  const inferred = new Map<string, string>();
  return leaves.flatMap(({ condition, path }) => {
    const problems = checkTypes(condition, path, (label) =>
      // The parser has held standard attributes against their types already.
      standardAttributes.has(label) ? undefined : (schema?.get(label)?.type ?? inferred.get(label)),
    );
    for (const [label, type] of typesReadBy(condition)) {
      inferred.set(label, inferred.get(label) ?? type);
    }
    return problems.map((problem): LocatedFinding => ({ ...problem, severity: "error" }));
  });
}

// How many values there are is not inferred: one value is a set of one.
function typesReadBy(condition: LeafCondition): [string, string][] {
  const { attribute, value } = leafFunctions[condition.function].operandTypes(condition);
  const { value_from: reference } = condition;
  const reads: [string, string | undefined][] = [[attributeLabel(condition), attribute]];
  if (reference !== undefined) {
    reads.push([attributeLabel(reference), value]);
  }
  return reads.flatMap(([label, type]): [string, string][] =>
    type === undefined || ambiguous.has(type) ? [] : [[label, elementOf(type)]],
  );
}
