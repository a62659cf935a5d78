import {
  attributeLabel,
  type AttributeReference,
  referenceOf,
} from "../conditions/attribute-reference.js";
import { readAttribute } from "../conditions/attribute-slots.js";
import type { CompiledCondition } from "../conditions/compiled-condition.js";
import type { RequestAttributes } from "../conditions/request-attributes.js";
import { type AttributeOrigin, attributeOrigin } from "../explanation/attribute-origin.js";
import type { ApplicablePolicies } from "./applicable-policies.js";
import type { CompiledPolicy } from "./compiled-policy.js";

/** An attribute that some condition of a policy looks at. */
export interface ConsultedAttribute {
  /** Its name, or `request_metadata` with a key or a path. */
  readonly reference: AttributeReference;
  /** How results name it: `ext_plan`, `request_metadata.orderAmount`, `request_metadata/order/amount`. */
  readonly label: string;
  /** Who vouches for it, by its name. */
  readonly origin: AttributeOrigin;
  /** What a request holds for it, as given; `undefined` when it is missing. */
  readonly read: (attributes: RequestAttributes) => unknown;
}

/** Every attribute that the policies look at, each once, higher priorities first, then in document order. */
export function consultedAttributes({ tiers }: ApplicablePolicies): readonly ConsultedAttribute[] {
  const known = new Map<string, AttributeReference>();
  for (const { groups } of tiers) {
    for (const policy of groups.flatMap(({ policies }) => policies)) {
      for (const reference of referencesOf(policy)) {
        known.set(JSON.stringify(reference), reference);
      }
    }
  }
  return [...known.values()].map((reference) => ({
    reference,
    label: attributeLabel(reference),
    origin: attributeOrigin(reference.attribute),
    read: (attributes) => readAttribute(reference, attributes),
  }));
}

function referencesOf({ target, rules }: CompiledPolicy): readonly AttributeReference[] {
  const conditions = rules.map(({ condition }) => condition);
  return [...(target === undefined ? [] : [target]), ...conditions].flatMap(referencesIn);
}

function referencesIn(condition: CompiledCondition): readonly AttributeReference[] {
  if (condition.kind === "group") {
    return condition.members.flatMap(referencesIn);
  }
  const { source } = condition;
  const other = source.value_from === undefined ? [] : [referenceOf(source.value_from)];
  return [referenceOf(source), ...other];
}
