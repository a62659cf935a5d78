const spelling = /^[A-Za-z0-9_-]+$/;

/**
 * The last characters that leave no unused bit set, by how many characters the last group has
 * (RFC 4648 §3.5). With any other one the same bytes would have a second spelling. Whole groups have no
 * unused bits, and no bytes end in a group of one.
 */
const lastCharacters: readonly (string | undefined)[] = [
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
  undefined,
  "AQgw",
  "AEIMQUYcgkosw048",
];

/**
 * Tells the one canonical base64url spelling of some bytes from every other text: no padding, no white
 * space, no unused bit set, not empty.
 */
export function isBase64Url(text: string): boolean {
  return spelling.test(text) && hasNoUnusedBits(text);
}

/** The second half of {@link isBase64Url}, for a text that is known to consist of its characters. */
export function hasNoUnusedBits(text: string): boolean {
  return lastCharacters[text.length % 4]?.includes(text.slice(-1)) === true;
}

/** How many bytes a base64url text of that many characters stands for. */
export function decodedLength(characters: number): number {
  return Math.floor((characters * 3) / 4);
}
