import { base64url } from "jose";
import type { JsonObject } from "../json-object.js";
import { defaultLimits } from "../limits.js";
import { parseStrictJson } from "../strict-json.js";
import { checkTokenShape } from "./parse-token.js";

/** What a token says of itself. Anybody can have written it: explain with it, and never decide by it. */
export interface UnverifiedToken {
  /** Every member of its header; absent when that can not be read. */
  readonly header?: JsonObject;
  /** Its claims; absent when they can not be read. */
  readonly claims?: JsonObject;
}

/**
 * Reads what a token says, with nothing of it verified, as strictly as the verifier reads and within
 * {@link defaultLimits}. For people who look for what is wrong with a token. Never throws.
 */
export function readUnverified(token: unknown): UnverifiedToken {
  const shape = checkTokenShape(token, defaultLimits);
  if (!shape.ok) {
    return {};
  }
  const header = readPart(shape.value.header);
  const claims = readPart(shape.value.payload);
  return { ...(header && { header }), ...(claims && { claims }) };
}

function readPart(part: string): JsonObject | undefined {
  const parsed = parseStrictJson(base64url.decode(part), defaultLimits.jsonDepth);
  return parsed.ok ? parsed.value : undefined;
}
