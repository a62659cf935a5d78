import type {
  Condition,
  Effect,
  GroupCondition,
  LeafCondition,
  PolicySpecification,
} from "../document/policy-document.js";
import type { DocumentPath } from "../document/policy-problem.js";

/** A condition where it stands. */
export interface Placed<Kind extends Condition> {
  /** The condition. */
  readonly condition: Kind;
  /** Where it stands in the document. */
  readonly path: DocumentPath;
  /** The effect of its rule; absent in a target. */
  readonly effect?: Effect;
}

/** The conditions of a specification, every level of them, in document order. */
export interface WalkedConditions {
  /** Conditions on one attribute. */
  readonly leaves: readonly Placed<LeafCondition>[];
  /** Conditions on conditions, outer ones first. */
  readonly groups: readonly Placed<GroupCondition>[];
}

/** Walks through the target and the rules of a specification. */
export function walkConditions(
  { target = [], rules }: PolicySpecification,
  path: DocumentPath,
): WalkedConditions {
  const all = [
    ...flatten(target, { path: [...path, "target"] }),
    ...rules.flatMap(({ conditions = [], effect }, index) =>
      flatten(conditions, { path: [...path, "rules", index, "conditions"], effect }),
    ),
  ];
  return { leaves: all.filter(isLeaf), groups: all.filter(isGroup) };
}

function flatten(
  conditions: readonly Condition[],
  { path, ...context }: Omit<Placed<Condition>, "condition">,
): readonly Placed<Condition>[] {
  return conditions.flatMap((condition, index) => {
    const place = [...path, index];
    const placed = { condition, path: place, ...context };
    return "conditions" in condition
      ? [placed, ...flatten(condition.conditions, { path: [...place, "conditions"], ...context })]
      : [placed];
  });
}

function isLeaf(placed: Placed<Condition>): placed is Placed<LeafCondition> {
  return !("conditions" in placed.condition);
}

function isGroup(placed: Placed<Condition>): placed is Placed<GroupCondition> {
  return "conditions" in placed.condition;
}
