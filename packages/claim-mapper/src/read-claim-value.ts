import { type AttributeType, typeReaders } from "./attribute-type.js";
import {
  type AttributeValue,
  type DefaultValue,
  type InvalidAttribute,
  isInvalid,
  readAttributeValue,
} from "./attribute-value.js";

/** Reads a claim at a declared type, or as what it is where none is declared. */
export function readClaimValue(
  claim: unknown,
  type: AttributeType | undefined,
): AttributeValue | InvalidAttribute {
  return type === undefined ? readAttributeValue(claim) : typeReaders[type](claim);
}

/** Whether a default can be read at its mapping's type; none at all always can. */
export function isUsableDefault(
  value: DefaultValue | undefined,
  type: AttributeType | undefined,
): boolean {
  return value === undefined || !isInvalid(readClaimValue(value, type));
}
