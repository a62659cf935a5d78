import { RE2JS } from "re2js";
import { maximumPatternLength, type TextPattern } from "./text-pattern.js";

/** The largest compiled pattern; repetitions such as `(a{100}){100}` multiply. */
const maximumProgramSize = 2_000;

/**
 * Compiles a pattern of RE2 syntax, which has neither look-around nor back-references and is matched in
 * time linear in the text. The search is not anchored. `undefined` when the pattern is not supported.
 */
export function parseRegularExpression(pattern: string): TextPattern | undefined {
  if (pattern.length > maximumPatternLength) {
    return undefined;
  }
  try {
    const compiled = RE2JS.compile(pattern);
    return compiled.programSize() > maximumProgramSize ? undefined : (text) => compiled.test(text);
  } catch {
    return undefined;
  }
}
