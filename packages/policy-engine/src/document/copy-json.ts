import { canonicalFunctionName } from "../conditions/condition-functions.js";
import { maximumSetSize, maximumStringLength } from "../values/reading.js";
import {
  type DocumentPath,
  type LocatedProblem,
  maximumProblems,
  type PolicyProblemCode,
} from "./policy-problem.js";

/** How deep objects and arrays may lie in one another; far more than 16 nested groups need. */
const maximumDepth = 64;

/** How many values a document may hold in all, so that shared references cannot multiply. */
const maximumValues = 1_000_000;

// Arrays of a document are rules, conditions and literals of sets: all end at the same number.
const maximumArrayLength = maximumSetSize;

/** A copy, and what was found on the way. */
export interface JsonCopy {
  /** The copy; meaningful only when there are no problems. */
  readonly copy: unknown;
  /** Texts that cannot be stored everywhere, and limits that are exceeded. */
  readonly problems: readonly LocatedProblem[];
}

/**
 * Copies untrusted JSON within limits, so that whatever comes after can neither overflow the stack nor
 * run for long, and writes function names in their canonical form.
 */
export function copyJson(json: unknown): JsonCopy {
  const copier = new JsonCopier();
  const copy = copier.copy(json, []);
  return { copy, problems: copier.problems };
}

class JsonCopier {
  readonly problems: LocatedProblem[] = [];
  #values = 0;

  copy(json: unknown, path: DocumentPath): unknown {
    this.#values += 1;
    if (this.#values > maximumValues) {
      return this.#reportTotalOnce();
    }
    if (typeof json === "string") {
      return this.#copyText(json, path);
    }
    if (typeof json !== "object" || json === null) {
      return json;
    }
    if (path.length >= maximumDepth) {
      return this.#report(path, "LIMIT_EXCEEDED", `nested more than ${maximumDepth} levels deep`);
    }
    return Array.isArray(json) ? this.#copyArray(json, path) : this.#copyObject(json, path);
  }

  #copyText(text: string, path: DocumentPath): string {
    this.#checkText(text, path);
    return isFunctionName(path) ? canonicalFunctionName(text) : text;
  }

  #copyArray(array: readonly unknown[], path: DocumentPath): unknown {
    if (array.length > maximumArrayLength) {
      return this.#report(path, "LIMIT_EXCEEDED", `more than ${maximumArrayLength} elements`);
    }
    return array.map((element, index) => this.copy(element, [...path, index]));
  }

  // SECURITY: `Object.fromEntries` defines own properties, so a key `__proto__` stays a key.
  #copyObject(object: object, path: DocumentPath): unknown {
    const copies = Object.entries(object).map(([key, value]): [string, unknown] => {
      this.#checkKey(key, path);
      return [key, this.copy(value, [...path, key])];
    });
    return Object.fromEntries(copies);
  }

  // SECURITY: no property of the language has this name, and whoever copies one loses or inherits it.
  #checkKey(key: string, path: DocumentPath): void {
    this.#checkText(key, path);
    if (key === "__proto__") {
      this.#report([...path, key], "UNKNOWN_PROPERTY", "unknown property `__proto__`");
    }
  }

  #checkText(text: string, path: DocumentPath): void {
    if (text.length > maximumStringLength) {
      this.#report(path, "LIMIT_EXCEEDED", `a text longer than ${maximumStringLength} characters`);
    } else if (/\0|\p{Surrogate}/u.test(text)) {
      this.#report(path, "TEXT_INVALID", "a text with a NUL character or half a surrogate pair");
    }
  }

  #reportTotalOnce(): undefined {
    if (this.#values === maximumValues + 1) {
      this.#report([], "LIMIT_EXCEEDED", `more than ${maximumValues} values`);
    }
    return undefined;
  }

  #report(path: DocumentPath, code: PolicyProblemCode, message: string): undefined {
    if (this.problems.length < maximumProblems) {
      this.problems.push({ path, code, message });
    }
    return undefined;
  }
}

// What notices carry is the enforcing application's business, whatever its properties are called.
function isFunctionName(path: DocumentPath): boolean {
  return path.at(-1) === "function" && !path.includes("attributes");
}
