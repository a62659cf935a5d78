import { Buffer } from "node:buffer";

const alphabet = /^[A-Za-z0-9_-]+$/;

/**
 * The last characters that leave no unused bit set, by how many characters the last group has
 * (RFC 4648 §3.5). With any other one the same bytes would have a second spelling.
 */
const lastCharacters: Readonly<Record<number, RegExp>> = {
  0: /./,
  2: /[AQgw]$/,
  3: /[AEIMQUYcgkosw048]$/,
};

/**
 * Decodes the one canonical base64url spelling of some bytes: no padding, no white space, no unused bit
 * set. Resolves to `undefined` for every other text, the empty one included.
 */
export function decodeBase64Url(text: string): Uint8Array | undefined {
  if (!alphabet.test(text) || lastCharacters[text.length % 4]?.test(text) !== true) {
    return undefined;
  }
  return Buffer.from(text, "base64url");
}

/** How many bytes a base64url text of that many characters stands for. */
export function decodedLength(characters: number): number {
  return Math.floor((characters * 3) / 4);
}
