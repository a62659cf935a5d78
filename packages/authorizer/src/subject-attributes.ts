import { policyAttributeName } from "@byot/claim-mapper";
import type { AttributeInput } from "@byot/policy-engine";
import { readAttributeInput } from "./attribute-input.js";

const attributeName = /^(?:ext_)?([a-z][a-z0-9_]{0,62})$/;

/**
 * The properties of a subject as `ext_*` attributes. What could be read under one name in two ways counts as a value of
 * a wrong type: to take either would let the order of the properties decide.
 */
export function subjectAttributes(
  properties: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, AttributeInput> {
  const attributes = new Map<string, AttributeInput>();
  for (const [property, value] of Object.entries(properties)) {
    const name = attributeName.exec(property)?.[1];
    const input = name === undefined ? undefined : readAttributeInput(value);
    if (name !== undefined && input !== undefined) {
      const attribute = policyAttributeName(name);
      attributes.set(attribute, attributes.has(attribute) ? { invalid: "given_twice" } : input);
    }
  }
  return attributes;
}
