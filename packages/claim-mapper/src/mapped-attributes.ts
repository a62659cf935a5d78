import type { AttributeType } from "./attribute-type.js";
import type { ClaimMapping } from "./claim-mapping.js";
import { policyAttributeName } from "./claim-mapper.js";

/** An attribute that mappings can give to policies. */
export interface MappedAttribute {
  /** The name policies read, prefix included: `ext_plan`. */
  readonly attribute: string;
  /** The declared type; absent where the claim is taken as what it is. */
  readonly type?: AttributeType;
  /** Whether a token without it is refused, so that policies always find it. */
  readonly required: boolean;
  /** Whether a default stands in where the claim is absent, so that policies always find it. */
  readonly hasDefault: boolean;
}

/** The attributes that mappings can give, in their order, for what checks or suggests names in policies. */
export function mappedAttributes(mappings: readonly ClaimMapping[]): readonly MappedAttribute[] {
  return mappings.map((mapping) => ({
    attribute: policyAttributeName(mapping.attribute),
    ...(mapping.type === undefined ? {} : { type: mapping.type }),
    required: mapping.required ?? false,
    hasDefault: mapping.default !== undefined,
  }));
}
