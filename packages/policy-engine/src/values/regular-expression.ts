import { RE2JS } from "re2js";
import { estimateProgramSize } from "./estimate-program-size.js";
import { maximumPatternLength, type TextPattern } from "./text-pattern.js";

/** The largest compiled pattern; repetitions such as `(a{100}){100}` multiply. */
const maximumProgramSize = 2_000;

/**
 * Compiles a pattern of RE2 syntax, which has neither look-around nor back-references and is matched in
 * time linear in the text. The search is not anchored. `undefined` when the pattern is not supported.
 */
export function parseRegularExpression(pattern: string): TextPattern | undefined {
  // Compiling is what costs: a pattern that would become too large is not even begun.
  if (
    pattern.length > maximumPatternLength ||
    estimateProgramSize(pattern) > 2 * maximumProgramSize
  ) {
    return undefined;
  }
  try {
    const compiled = RE2JS.compile(pattern);
    return compiled.programSize() > maximumProgramSize ? undefined : (text) => compiled.test(text);
  } catch {
    return undefined;
  }
}
