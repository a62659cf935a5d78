import { isLeafFunctionName } from "../conditions/condition-functions.js";
import { leafFunctions } from "../conditions/leaf-functions.js";
import { findTimeZone } from "../values/time-zone.js";
import { functionAt, readAt } from "./document-context.js";
import { literalForms } from "./literal-shapes.js";
import { type DocumentPath, type LocatedProblem, quote } from "./policy-problem.js";
import { unknownTimeZone } from "./unknown-time-zone.js";

/** What is wrong with the literal of the condition at a place. */
export function literalProblem(condition: DocumentPath, json: unknown): LocatedProblem {
  const path = [...condition, "value"];
  const name = functionAt(condition, json);
  const found = readAt(json, path);
  if (found === undefined) {
    return { path, code: "VALUE_REQUIRED", message: `${quote(name)} needs a value` };
  }
  if (!isLeafFunctionName(name)) {
    return { path, code: "VALUE_TYPE", message: `${quote(name)} needs no value` };
  }
  const { valueType } = leafFunctions[name];
  if (isUnsafe(name, found)) {
    return unsafeInteger(path);
  }
  if (valueType === "regular_expression" && typeof found === "string") {
    return unsupportedPattern(path, found);
  }
  const window = valueType === "schedule" ? windowInUnknownZone(found) : undefined;
  return window === undefined
    ? illTyped(path, name, valueType === null ? "no value" : literalForms[valueType].noun)
    : unknownTimeZone([...path, window.index, "time_zone"], window.zone);
}

function illTyped(path: DocumentPath, name: string, noun: string): LocatedProblem {
  return { path, code: "VALUE_TYPE", message: `${quote(name)} needs ${noun} as its value` };
}

function isUnsafe(name: keyof typeof leafFunctions, found: unknown): boolean {
  const reading = leafFunctions[name].readValue?.(found);
  return reading?.state === "failed" && reading.code === "unsafe_integer";
}

function unsafeInteger(path: DocumentPath): LocatedProblem {
  return {
    path,
    code: "UNSAFE_INTEGER",
    message: "an integer beyond ±9007199254740991 has lost digits; write it as a string",
  };
}

function unsupportedPattern(path: DocumentPath, found: string): LocatedProblem {
  return {
    path,
    code: "REGEX_UNSUPPORTED",
    message: `${quote(found)} is not a pattern of RE2 syntax within the limits; there is no look-around and no back-reference`,
  };
}

function windowInUnknownZone(found: unknown): { index: number; zone: string } | undefined {
  const windows: readonly unknown[] = Array.isArray(found) ? found : [];
  for (const [index, window] of windows.entries()) {
    const zone = readAt(window, ["time_zone"]);
    if (typeof zone === "string" && findTimeZone(zone) === undefined) {
      return { index, zone };
    }
  }
  return undefined;
}
