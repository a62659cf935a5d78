/** For `JSON.stringify`: an exact integer beyond 2⁵³, which JSON's numbers cannot carry, is answered as its digits. */
export function jsonReplacer(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
