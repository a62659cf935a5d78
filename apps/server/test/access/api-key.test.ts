import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { apiKeyId, createApiKey, hashApiKey, matchesApiKey } from "../../src/access/api-key.js";

const fixedBytes = (length: number): Uint8Array => new Uint8Array(length).fill(7);
const key = `byot_BwcHBwcH_${"BwcH".repeat(10)}Bwc`;

test("makes a key of an eight-character id and 256 random bits", () => {
  const made = createApiKey(fixedBytes);

  expect(made).toEqual({ key, id: "BwcHBwcH", secretHash: hashApiKey(key) });
});

test("keeps the SHA-256 of the whole key, its id included", () => {
  const expected = createHash("sha256").update(key).digest("hex");

  expect(hashApiKey(key)).toBe(expected);
});

test("reads the id of what is spelt like a key", () => {
  expect(apiKeyId(key)).toBe("BwcHBwcH");
});

test.each([
  ["nothing", ""],
  ["another prefix", key.replace("byot", "sk")],
  ["a prefix in capitals", key.replace("byot", "BYOT")],
  ["a short id", key.replace("BwcHBwcH", "BwcHBwc")],
  ["a short secret", key.slice(0, -1)],
  ["a long secret", `${key}A`],
  ["a line break behind it", `${key}\n`],
  ["a space before it", ` ${key}`],
  ["a letter outside base64url", key.replace(/.$/, "=")],
])("reads no id of a text with %s", (_title, text) => {
  expect(apiKeyId(text)).toBeUndefined();
});

test("matches a key with the hash of it and of no other", () => {
  expect(matchesApiKey(key, hashApiKey(key))).toBe(true);
  expect(matchesApiKey(key, hashApiKey(`${key}A`))).toBe(false);
});

test.each([
  ["is empty", ""],
  ["is cut off", hashApiKey(key).slice(0, 32)],
  ["is no hexadecimal", "z".repeat(64)],
  ["is longer", `${hashApiKey(key)}00`],
])("matches no key with a hash that %s", (_title, hash) => {
  expect(matchesApiKey(key, hash)).toBe(false);
});
