const surrogatesStart = 0xd800;
const surrogatesEnd = 0xdfff;
const aboveEveryCodeUnit = 0x2800;

/**
 * Orders keys by the bytes of their UTF-8 form, as databases do. JavaScript's `<` compares UTF-16 code units and puts
 * characters beyond U+FFFF before some that are smaller.
 *
 * @returns A negative number when `left` comes first, a positive one when `right` does, 0 when they are the same.
 */
export function compareKeys(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = rankAt(left, index) - rankAt(right, index);
    if (difference !== 0) {
      return difference;
    }
  }
  return left.length - right.length;
}

/** Half of a character beyond U+FFFF ranks above every character that needs one code unit. */
function rankAt(key: string, index: number): number {
  const unit = key.charCodeAt(index);
  return unit >= surrogatesStart && unit <= surrogatesEnd ? unit + aboveEveryCodeUnit : unit;
}
