import { type AttributeReference, metadataAttribute } from "../conditions/attribute-reference.js";
import {
  readAttribute,
  type ResolvedRequest,
  resolveLazily,
} from "../conditions/attribute-slots.js";
import type { AttributeInput, RequestAttributes } from "../conditions/request-attributes.js";
import type { Changes } from "./condition-changes.js";
import { fittingValue } from "./fitting-value.js";

/**
 * The request as it would be if these conditions answered as wished: with other values where they are at hand,
 * so that every condition on the same attribute follows, and with the bare answers where they are not.
 */
export function assumeChanges({ attributes }: ResolvedRequest, changes: Changes): ResolvedRequest {
  let changed = attributes;
  const assumed: ResolvedRequest["truths"] = [];
  for (const { atom, wish } of changes.values()) {
    const { source } = atom;
    const value = fittingValue(source, wish, readAttribute(source, changed));
    if (isInput(value) && canBeSet(source)) {
      changed = withAttribute(changed, source, value);
    } else {
      assumed[atom.index] = wish;
    }
  }
  return { ...resolveLazily(changed), truths: assumed };
}

// Another resource or action would be another question.
function canBeSet({ attribute, metadata_path: path }: AttributeReference): boolean {
  return path === undefined && attribute !== "resource" && attribute !== "action";
}

function withAttribute(
  attributes: RequestAttributes,
  { attribute, metadata_key: key }: AttributeReference,
  value: AttributeInput,
): RequestAttributes {
  return attribute === metadataAttribute && key !== undefined
    ? { ...attributes, metadata: { ...attributes.metadata, [key]: value } }
    : { ...attributes, named: new Map(attributes.named).set(attribute, value) };
}

function isInput(value: unknown): value is AttributeInput {
  return Array.isArray(value) ? value.every(isSingle) : isSingle(value);
}

function isSingle(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
