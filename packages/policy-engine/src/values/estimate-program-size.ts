const repetition = /\{(\d{1,4})(?:,(\d{0,4}))?\}/y;
const escapedClass = /\\[pPx]\{[^}]*\}/y;
const bracketClass = /\[\^?\]?(?:\\.|\[:[a-z^]+:\]|[^\]\\])*\]/sy;

/** An open group: how much stands in it, and how much its last part is. */
interface Level {
  size: number;
  last: number;
}

/**
 * About how large a pattern of RE2 syntax will be when it is compiled, without compiling it: repetitions are written
 * out, and those within one another multiply. Never far below the truth, and found in one pass.
 */
export function estimateProgramSize(pattern: string): number {
  const levels: Level[] = [{ size: 0, last: 0 }];
  let at = 0;
  while (at < pattern.length) {
    at += readPart(pattern, at, levels);
  }
  return levels.reduce((sum, { size }) => sum + size, 0);
}

/** Takes one part of the pattern into account and answers how long it is. */
function readPart(pattern: string, at: number, levels: Level[]): number {
  const character = pattern[at] ?? "";
  if (character === "(") {
    levels.push({ size: 0, last: 0 });
    return 1;
  }
  const level = levels.at(-1) ?? { size: 0, last: 0 };
  if (character === ")") {
    closeGroup(levels, level);
    return 1;
  }
  const times = matchAt(repetition, pattern, at);
  if (times !== undefined) {
    repeat(level, times);
    return times.length;
  }
  const atom = matchAt(escapedClass, pattern, at) ?? matchAt(bracketClass, pattern, at);
  const length = atom?.length ?? (character === "\\" ? 2 : 1);
  level.size += 1;
  level.last = 1;
  return length;
}

function closeGroup(levels: Level[], closed: Level): void {
  const outer = levels.length > 1 ? levels.at(-2) : undefined;
  if (outer !== undefined) {
    levels.pop();
    outer.size += closed.size + 2;
    outer.last = closed.size + 2;
  }
}

// `x{2,5}` is written out as two that must be there and three that may, each with a branch before it.
function repeat(level: Level, text: string): void {
  const [, least = "0", most] = /\{(\d+)(?:,(\d*))?\}/.exec(text) ?? [];
  const copies = Math.max(Number(least) + 1, 2 * Number(most === "" ? least : (most ?? least)));
  level.size += level.last * (copies - 1);
  level.last *= copies;
}

function matchAt(expression: RegExp, text: string, at: number): string | undefined {
  expression.lastIndex = at;
  return expression.exec(text)?.[0];
}
