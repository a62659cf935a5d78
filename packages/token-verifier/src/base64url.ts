const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const spelling = /^[A-Za-z0-9_-]+$/;

/**
 * The last characters that leave no unused bit set, by how many characters the last group has
 * (RFC 4648 §3.5). With any other one the same bytes would have a second spelling. No bytes at all leave a
 * group of one.
 */
const lastCharacters: readonly (RegExp | undefined)[] = [
  /.$/,
  undefined,
  /[AQgw]$/,
  /[AEIMQUYcgkosw048]$/,
];

/** The value of each character, by its code. */
const values = Uint8Array.from({ length: 128 }, (_value, code) =>
  Math.max(0, alphabet.indexOf(String.fromCharCode(code))),
);

/**
 * Tells the one canonical base64url spelling of some bytes from every other text: no padding, no white
 * space, no unused bit set, not empty.
 */
export function isBase64Url(text: string): boolean {
  return spelling.test(text) && hasNoUnusedBits(text);
}

/** The second half of {@link isBase64Url}, for a text that is known to consist of its characters. */
export function hasNoUnusedBits(text: string): boolean {
  return lastCharacters[text.length % 4]?.test(text.slice(-1)) === true;
}

/** Decodes a text for which {@link isBase64Url} holds. */
export function decodeBase64Url(text: string): Uint8Array {
  const bytes = new Uint8Array(decodedLength(text.length));
  let position = 0;
  for (let index = 0; index < text.length; index += 4) {
    // What lies behind the end of the text counts as zero and falls off the end of the bytes.
    const group =
      (valueAt(text, index) << 18) |
      (valueAt(text, index + 1) << 12) |
      (valueAt(text, index + 2) << 6) |
      valueAt(text, index + 3);
    bytes[position] = group >> 16;
    bytes[position + 1] = group >> 8;
    bytes[position + 2] = group;
    position += 3;
  }
  return bytes;
}

/** How many bytes a base64url text of that many characters stands for. */
export function decodedLength(characters: number): number {
  return Math.floor((characters * 3) / 4);
}

function valueAt(text: string, index: number): number {
  return values[text.charCodeAt(index)] ?? 0;
}
