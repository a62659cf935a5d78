import { createHmac } from "node:crypto";
import { openMemoryStorage } from "@byot/storage-memory";
import { expect, test } from "vitest";
import { openPseudonyms } from "../../../src/operations/audit/subject-pseudonyms.js";

const bytesOf =
  (value: number) =>
  (length: number): Uint8Array =>
    new Uint8Array(length).fill(value);

test("are HMAC-SHA-256 of workspace and subject", async () => {
  const { secrets } = openMemoryStorage();

  const pseudonym = await openPseudonyms(secrets, bytesOf(7));

  const expected = createHmac("sha256", bytesOf(7)(32)).update("acme\nada").digest("hex");
  expect(pseudonym("acme", "ada")).toBe(expected);
});

test("are the same for every server of one storage, and after every start", async () => {
  const { secrets } = openMemoryStorage();

  const pseudonyms = await Promise.all(
    [1, 2, 3].map((value) => openPseudonyms(secrets, bytesOf(value))),
  );

  const names = pseudonyms.map((pseudonym) => pseudonym("acme", "ada"));
  expect(new Set(names).size).toBe(1);
});

test.each([
  ["subjects", ["acme", "ada"], ["acme", "ben"]],
  ["workspaces", ["acme", "ada"], ["beta", "ada"]],
] satisfies readonly (readonly [string, readonly [string, string], readonly [string, string]])[])(
  "tell two %s apart",
  async (_title, first, second) => {
    const pseudonym = await openPseudonyms(openMemoryStorage().secrets, bytesOf(7));

    expect(pseudonym(...first)).not.toBe(pseudonym(...second));
  },
);
