import { isJsonObject, type JsonObject, type JsonValue } from "./json-object.js";
import { fail, type Result, succeed } from "./result.js";

const quote = 0x22;
const colon = 0x3a;
const backslash = 0x5c;

/** `ignoreBOM` means "leave the byte order mark in the text", where `JSON.parse` then refuses it. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Kept while a parsed value is copied. */
interface Census {
  readonly maximumDepth: number;
  members: number;
  tooDeep: boolean;
}

/**
 * Reads one JSON object of which no two parsers can disagree: valid UTF-8 without a byte order mark, no
 * repeated name in any object, nested no deeper than `maximumDepth` (the outermost object counts as 1).
 *
 * The result is deeply frozen and its objects have no prototype. On failure `error` completes a sentence
 * that begins with the name of the document, such as "header".
 */
export function parseStrictJson(
  bytes: Uint8Array,
  maximumDepth: number,
): Result<JsonObject, string> {
  const text = decodeUtf8(bytes);
  if (text === undefined) {
    return fail("is not valid UTF-8");
  }
  const parsed = parseJson(text);
  if (!parsed.ok) {
    return parsed;
  }
  const census: Census = { maximumDepth, members: 0, tooDeep: false };
  const copy = copyTree(parsed.value, 1, census);
  if (!isJsonObject(copy)) {
    return fail("is not a JSON object");
  }
  if (census.tooDeep) {
    return fail(`is nested deeper than ${maximumDepth} levels`);
  }
  // `JSON.parse` keeps the last of two members with the same name, so the tree has lost one exactly when
  // the text spells more members than the tree holds. Escaped spellings of one name are caught as well.
  return countSpelledMembers(text) === census.members ? succeed(copy) : fail("repeats a name");
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): Result<unknown, string> {
  try {
    return succeed(JSON.parse(text));
  } catch {
    return fail("is not JSON");
  }
}

function copyTree(value: unknown, depth: number, census: Census): JsonValue {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return value;
  }
  if (!isTree(value)) {
    return null;
  }
  if (depth > census.maximumDepth) {
    census.tooDeep = true;
    return null;
  }
  return Array.isArray(value)
    ? Object.freeze(value.map((item: unknown) => copyTree(item, depth + 1, census)))
    : copyObject(value, depth, census);
}

/** Objects and lists, of which the lists are told apart later. */
function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function copyObject(
  source: Readonly<Record<string, unknown>>,
  depth: number,
  census: Census,
): JsonObject {
  // SECURITY: without a prototype, assigning `__proto__` makes an ordinary member of that name.
  const copy: Record<string, JsonValue> = { __proto__: null };
  const names = Object.keys(source);
  for (const name of names) {
    copy[name] = copyTree(source[name], depth + 1, census);
  }
  census.members += names.length;
  return Object.freeze(copy);
}

/** Counts the colons outside strings: in valid JSON each of them belongs to one member. */
function countSpelledMembers(text: string): number {
  let members = 0;
  let insideString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === quote) {
      insideString = !insideString;
    } else if (code === backslash) {
      // In valid JSON a backslash stands inside a string; what it escapes can not end that string.
      index += 1;
    } else if (code === colon && !insideString) {
      members += 1;
    }
  }
  return members;
}
