/** Answers whether a text has the form of a pattern. */
export type TextPattern = (text: string) => boolean;

/** The longest pattern, in UTF-16 code units, so that matching is bounded by text × 1,000 steps. */
export const maximumPatternLength = 1_000;

/** One code point, any one code point (`?`), or any run (`*`). */
type Token = string | typeof anyOne | typeof anyRun;

const anyOne = Symbol("?");
const anyRun = Symbol("*");

/**
 * Reads a pattern in which `*` is any run of characters, `?` one code point and `\` takes the next
 * character as it is; `undefined` when it ends with a lone `\` or is too long. The whole text has to match.
 */
export function parseLikePattern(pattern: string): TextPattern | undefined {
  const tokens = pattern.length > maximumPatternLength ? undefined : tokenize(pattern);
  return tokens === undefined ? undefined : (text) => matches(tokens, Array.from(text));
}

function tokenize(pattern: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let escaped = false;
  for (const character of pattern) {
    if (escaped || !(character === "\\" || character === "*" || character === "?")) {
      tokens.push(character);
      escaped = false;
    } else if (character === "\\") {
      escaped = true;
    } else if (character === "?") {
      tokens.push(anyOne);
    } else if (tokens.at(-1) !== anyRun) {
      tokens.push(anyRun);
    }
  }
  return escaped ? undefined : tokens;
}

// Each run starts as short as it can. Going back to the last run alone is enough: an earlier one could
// only make the same rest of the text shorter. So the steps are at most text × pattern.
function matches(tokens: readonly Token[], text: readonly string[]): boolean {
  let token = 0;
  let position = 0;
  let run = -1;
  let runPosition = 0;
  while (position < text.length) {
    if (tokens[token] === anyRun) {
      run = token;
      runPosition = position;
      token += 1;
    } else if (tokens[token] === anyOne || tokens[token] === text[position]) {
      token += 1;
      position += 1;
    } else if (run === -1) {
      return false;
    } else {
      runPosition += 1;
      position = runPosition;
      token = run + 1;
    }
  }
  return tokens.slice(token).every((rest) => rest === anyRun);
}
