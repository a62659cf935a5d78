const firstSurrogate = 0xd800;
const afterSurrogates = 0xe000;

/**
 * Orders texts by code point: negative when `a` comes first, positive when `b` does, 0 when equal.
 * JavaScript's `<` compares UTF-16 units, which puts characters beyond U+FFFF before U+E000–U+FFFF.
 */
export function compareTexts(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) {
      return rank(left) - rank(right);
    }
  }
  return a.length - b.length;
}

// Surrogates stand for code points above every other unit: they move to the top, the rest closes up.
function rank(unit: number): number {
  if (unit < firstSurrogate) {
    return unit;
  }
  return unit < afterSurrogates ? unit + 0x2000 : unit - 0x800;
}
