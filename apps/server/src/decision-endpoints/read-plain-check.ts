import { type AuthorizeRequest, type JsonObject, maximumContextKeys } from "@byot/api-contract";

const longestName = 255;
const fields = new Set(["token", "resource", "action", "context"]);
const noContext: JsonObject = {};

/**
 * Reads a check as almost all of them are: a token, a resource, an action and at most a context without nesting, all in
 * ASCII. What it reads, the schema of the route reads alike, at a multiple of the cost. `undefined` says nothing but
 * that the schema has to look.
 */
export function readPlainCheck(json: unknown): AuthorizeRequest | undefined {
  if (!isObject(json) || !hasPlainFields(json)) {
    return undefined;
  }
  const { token, resource, action } = json;
  const context = Object.hasOwn(json, "context") ? json["context"] : noContext;
  return isPlainText(token) && isName(resource) && isName(action) && isPlainContext(context)
    ? { token, resource, action, context, explain: false }
    : undefined;
}

/** Whether it has all of the fields but perhaps the context, and no other. */
function hasPlainFields(json: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(json);
  const required = Object.hasOwn(json, "context") ? fields.size : fields.size - 1;
  return keys.length === required && keys.every((key) => fields.has(key));
}

function isPlainContext(value: unknown): value is JsonObject {
  if (!isObject(value)) {
    return false;
  }
  const entries = Object.entries(value);
  return (
    entries.length <= maximumContextKeys &&
    entries.every(([key, member]) => isPlainText(key) && isPlainMember(member))
  );
}

function isPlainMember(value: unknown): boolean {
  return typeof value === "string"
    ? isPlainText(value)
    : value === null || typeof value === "number" || typeof value === "boolean";
}

function isName(value: unknown): value is string {
  return isPlainText(value) && value.length >= 1 && value.length <= longestName;
}

// Text of one byte a character holds no surrogate.
function isPlainText(value: unknown): value is string {
  return (
    typeof value === "string" && Buffer.byteLength(value) === value.length && !value.includes("\0")
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
