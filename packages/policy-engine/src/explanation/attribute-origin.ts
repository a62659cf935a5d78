import { metadataAttribute } from "../conditions/attribute-reference.js";

/** Who vouches for an attribute: the verified token, the application that asks, or the server. */
export type AttributeOrigin = "token" | "caller" | "server";

// An address is whatever the application says, unless a server sets it; the engine cannot tell.
const fromCaller: ReadonlySet<string> = new Set([
  "resource",
  "action",
  "ip_address",
  metadataAttribute,
]);

const fromToken = /^(?:ext_|external_|is_external_)/;

/** Who vouches for an attribute, by its name. */
export function attributeOrigin(attribute: string): AttributeOrigin {
  if (fromCaller.has(attribute)) {
    return "caller";
  }
  return fromToken.test(attribute) ? "token" : "server";
}
