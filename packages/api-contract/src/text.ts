import { z } from "zod";

// PostgreSQL text cannot hold NUL, and a lone surrogate has no UTF-8 form: what one database takes, all must take.
const unstorable = /\0|\p{Surrogate}/u;

/** Whether every database can keep this text: it holds no NUL and no lone surrogate. */
export function isStorableText(text: string): boolean {
  return !unstorable.test(text);
}

/** How deep a request's body may be nested. */
export const maximumBodyDepth = 64;

/** What no route accepts in a JSON value. */
export interface JsonMistake {
  /** Where it stands. */
  readonly path: readonly (string | number)[];
  /** What it is. */
  readonly code: "text_not_storable" | "nested_too_deep";
  /** What is wrong, in one line. */
  readonly message: string;
}

/**
 * The first thing in a JSON value that no route accepts: text (a value or a key) that not every database can keep, or
 * nesting beyond {@link maximumBodyDepth} levels.
 */
export function findJsonMistake(value: unknown): JsonMistake | undefined {
  return findMistakeWithin(value, maximumBodyDepth);
}

function findMistakeWithin(value: unknown, levels: number): JsonMistake | undefined {
  if (typeof value === "string") {
    return isStorableText(value) ? undefined : notStorable;
  }
  if (typeof value !== "object" || value === null) {
    return undefined;
  }
  return levels === 0 ? nestedTooDeep : findMemberMistake(value, levels - 1);
}

function findMemberMistake(container: object, levels: number): JsonMistake | undefined {
  for (const [key, member] of Object.entries(container)) {
    const mistake = isStorableText(key) ? findMistakeWithin(member, levels) : notStorable;
    if (mistake !== undefined) {
      return { ...mistake, path: [Array.isArray(container) ? Number(key) : key, ...mistake.path] };
    }
  }
  return undefined;
}

const notStorable: JsonMistake = {
  path: [],
  code: "text_not_storable",
  message: "must not hold NUL or a lone surrogate",
};

const nestedTooDeep: JsonMistake = {
  path: [],
  code: "nested_too_deep",
  message: `must not be nested deeper than ${maximumBodyDepth} levels`,
};

/**
 * A text for people on one line: not blank, without line breaks or other control characters, of at most
 * `maximumLength` UTF-16 code units.
 */
export function displayText(maximumLength: number): z.ZodType<string> {
  return z
    .string()
    .max(maximumLength)
    .regex(/\S/u, "must not be blank")
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, "must not contain line breaks or control characters");
}
