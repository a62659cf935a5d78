import { createKeySources, type JWK } from "@byot/token-verifier";
import { describe, expect, test } from "vitest";
import {
  acmeKey,
  acmeProvider,
  adaClaims,
  noNetwork,
  outcome,
  verifyToken,
} from "./support/acme.js";
import { createEcKey, createRsaKey, signToken } from "./support/signing-key.js";

const token = signToken(adaClaims, acmeKey);
const { alg: _alg, use: _use, ...bareKey } = acmeKey.jwk;
const other = createRsaKey("acme-2027");

function verifyWith(...keys: readonly JWK[]): Promise<string> {
  return outcome(verifyToken(token, { keys: { inline: { keys } } }));
}

describe("a key", () => {
  test.each([
    ["without `use`, `key_ops` and `alg`", {}],
    ["for signatures", { use: "sig" }],
    ["for verifying", { key_ops: ["verify"] }],
    ["for the algorithm", { alg: "RS256" }],
    ["with a certificate", { x5c: ["MIIC"], x5t: "abc" }],
  ])("%s is used", async (_situation, members) => {
    await expect(verifyWith({ ...bareKey, ...members })).resolves.toBe("accepted");
  });

  test.each([
    ["for encryption", { use: "enc" }],
    ["for an unknown use", { use: null }],
    ["for wrapping", { key_ops: ["wrapKey"] }],
    ["for operations that are no list", { key_ops: "verify" }],
    ["for another algorithm", { alg: "RS512" }],
    ["for a symmetric algorithm", { alg: "HS256" }],
    ["for encryption with RSA", { alg: "RSA-OAEP" }],
    ["with a `kid` that is no text", { kid: 1 }],
    ["of another kind", { kty: "EC" }],
    ["of a symmetric kind", { kty: "oct", k: "c2VjcmV0" }],
    ["with a private member", { d: "AQAB" }],
    ["with a secret member", { k: "c2VjcmV0" }],
    ["without modulus", { n: undefined }],
    ["with a modulus that is no text", { n: 5 }],
    ["with padding in the modulus", { n: `${acmeKey.jwk.n}==` }],
    ["with exponent 1", { e: "AQ" }],
    ["with exponent 0", { e: "AA" }],
    ["with an even exponent", { e: "Ag" }],
    ["with an even exponent beyond 16 bits", { e: "AQAA" }],
    ["with an exponent of 33 bits", { e: "AQAAAAE" }],
    ["with a modulus of 8192 bits", { n: `${"_".repeat(1365)}w` }],
  ])("%s is dropped", async (_situation, members) => {
    await expect(verifyWith({ ...bareKey, ...members })).resolves.toBe("token_key_unknown");
  });

  test.each([1024, 2040])("of %i bits is dropped, although it signed the token", async (bits) => {
    const weak = createRsaKey("weak", { bits });

    const verification = verifyToken(signToken(adaClaims, weak), {
      keys: { inline: { keys: [weak.jwk] } },
    });

    await expect(outcome(verification)).resolves.toBe("token_key_unknown");
  });

  test.each([3072, 4096])(
    "of %i bits is used",
    async (bits) => {
      const strong = createRsaKey("strong", { bits });

      const verification = verifyToken(signToken(adaClaims, strong), {
        keys: { inline: { keys: [strong.jwk] } },
      });

      await expect(outcome(verification)).resolves.toBe("accepted");
    },
    60_000,
  ); // making a key of 4096 bits can take its time

  test("whose point is not on its curve is dropped", async () => {
    const key = createEcKey("ec", "P-256", "ES256");
    const keys = { inline: { keys: [{ ...key.jwk, y: key.jwk.x }] } };

    const verification = verifyToken(signToken(adaClaims, key), { keys, algorithms: ["ES256"] });

    await expect(outcome(verification)).resolves.toBe("token_key_unknown");
  });
});

describe("an RSA modulus of the flawed generator (ROCA)", () => {
  const primes = [
    2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
    101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
  ].map(BigInt);
  const product = primes.reduce((left, right) => left * right);
  const top = (1n << 2047n) / product;

  /** What the generator leaves of its modulus: a power of 65537, modulo the product of the primes. */
  function modulus(power: number, offset = 0n): string {
    let remainder = 1n;
    for (let step = 0; step < power; step += 1) {
      remainder = (remainder * 65_537n) % product;
    }
    const digits = ((top + 12_345n) * product + remainder + offset).toString(16);
    return Buffer.from(digits.padStart(512, "0"), "hex").toString("base64url");
  }

  test.each([0, 1, 2, 100, 4711])("is dropped, power %i", async (power) => {
    await expect(droppedFor(modulus(power))).resolves.toEqual([
      "has an rsa modulus that can be factored (roca, CVE-2017-15361)",
    ]);
  });

  test.each([2n, 4n, 6n, 100n])("is used when it is another one, by %i", async (offset) => {
    await expect(droppedFor(modulus(100, offset))).resolves.toEqual([]);
  });

  test("is not that of any ordinary key", async () => {
    await expect(droppedFor(other.jwk.n ?? "")).resolves.toEqual([]);
  });
});

describe("a set", () => {
  test("loses every key of a `kid` that it gives twice", async () => {
    await expect(
      verifyWith(acmeKey.jwk, { ...other.jwk, kid: acmeKey.kid }, other.jwk),
    ).resolves.toBe("token_key_unknown");
  });

  test("keeps a key whose `kid` is shared with an unusable one", async () => {
    await expect(
      verifyWith(acmeKey.jwk, { ...other.jwk, kid: acmeKey.kid, use: "enc" }),
    ).resolves.toBe("accepted");
  });

  test("with a key that has no `kid` serves tokens without one, as long as it is alone", async () => {
    const { kid: _kid, ...nameless } = acmeKey.jwk;
    const plain = signToken(adaClaims, acmeKey, { kid: undefined });
    const alone = verifyToken(plain, { keys: { inline: { keys: [nameless] } } });
    const among = verifyToken(plain, { keys: { inline: { keys: [nameless, other.jwk] } } });

    await expect(alone).resolves.toMatchObject({ ok: true, value: { key: {} } });
    await expect(outcome(among)).resolves.toBe("token_key_unknown");
    await expect(verifyWith(nameless)).resolves.toBe("token_key_unknown");
  });
});

/** Why keys are dropped from a set in which one has this modulus. */
async function droppedFor(n: string): Promise<readonly (string | undefined)[]> {
  const keys = createKeySources({ fetcher: noNetwork });
  const provider = acmeProvider({
    keys: { inline: { keys: [acmeKey.jwk, { ...other.jwk, n }] } },
  });
  const { droppedKeys } = await keys.refresh(provider);
  return droppedKeys.map(({ reason }) => reason);
}
