import { createHash, timingSafeEqual } from "node:crypto";

const idBytes = 6;
const secretBytes = 32;
const format = /^byot_([A-Za-z0-9_-]{8})_([A-Za-z0-9_-]{43})$/;

/** A new API key, with what is stored of it. */
export interface NewApiKey {
  /** The whole key, to be shown once: `byot_<8 characters>_<43 characters>`. */
  readonly key: string;
  /** Its public part. */
  readonly id: string;
  /** SHA-256 of the whole key, in lower-case hexadecimal. */
  readonly secretHash: string;
}

/** Makes a key of 256 random bits. */
export function createApiKey(randomBytes: (length: number) => Uint8Array): NewApiKey {
  const id = Buffer.from(randomBytes(idBytes)).toString("base64url");
  const secret = Buffer.from(randomBytes(secretBytes)).toString("base64url");
  const key = `byot_${id}_${secret}`;
  return { key, id, secretHash: hashApiKey(key) };
}

/** The public part of a key; `undefined` when the text is not spelt like one. */
export function apiKeyId(key: string): string | undefined {
  return format.exec(key)?.[1];
}

/** SHA-256 of a key, in lower-case hexadecimal. A key is random enough to need no slower hash. */
export function hashApiKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** Whether a key is the one of which only the hash is kept; takes the same time for every key. */
export function matchesApiKey(key: string, secretHash: string): boolean {
  const actual = Buffer.from(hashApiKey(key), "hex");
  const expected = Buffer.from(secretHash, "hex");
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
