import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { calculateJwkThumbprint } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import {
  createLocalIdp,
  demoPeople,
  exportSigningKey,
  generateSigningKey,
  importSigningKey,
  type PrivateJWK,
  type SigningKey,
} from "@byot/local-idp";

const privateMembers = ["d", "p", "q", "dp", "dq", "qi"] as const;

let key: SigningKey;
let stored: PrivateJWK;

beforeAll(async () => {
  key = await generateSigningKey();
  stored = await exportSigningKey(key);
});

function jwkOf(privateKey: KeyObject): object {
  return privateKey.export({ format: "jwk" });
}

function rsaJwk(options: { bits?: number; exponent?: number } = {}): object {
  const { bits = 2048, exponent = 65_537 } = options;
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: bits,
    publicExponent: exponent,
  });
  return jwkOf(privateKey);
}

async function codeOf(jwk: unknown): Promise<string> {
  const imported = await importSigningKey(jwk);
  return imported.ok ? "accepted" : imported.error.code;
}

describe("generateSigningKey", () => {
  test("makes a key of 2,048 bits with the usual exponent", () => {
    expect(Buffer.from(key.publicJwk.n, "base64url")).toHaveLength(256);
    expect(key.publicJwk).toMatchObject({ kty: "RSA", use: "sig", alg: "RS256", e: "AQAB" });
  });

  test("names a key by its RFC 7638 thumbprint", async () => {
    const { n, e } = key.publicJwk;

    const thumbprint = await calculateJwkThumbprint({ kty: "RSA", n, e }, "sha256");

    expect(key.kid).toBe(thumbprint);
    expect(key.publicJwk.kid).toBe(thumbprint);
  });

  test("makes another key every time", async () => {
    const another = await generateSigningKey();

    expect(another.kid).not.toBe(key.kid);
  });

  test("makes a key that shows no private member when it is written out as JSON", () => {
    const written = JSON.stringify(key);

    for (const member of privateMembers) {
      expect(written).not.toContain(stored[member]);
    }
  });
});

describe("importSigningKey", () => {
  test("reads back from JSON text the key that was exported", async () => {
    const imported = await importSigningKey(JSON.parse(JSON.stringify(stored)));

    expect(imported).toMatchObject({ ok: true, value: { kid: key.kid, publicJwk: key.publicJwk } });
  });

  test("gives a key whose export is the same again", async () => {
    const imported = await importSigningKey(stored);

    expect(imported.ok && (await exportSigningKey(imported.value))).toEqual(stored);
  });

  test("gives a key that signs for the same key set", async () => {
    const imported = await importSigningKey(stored);
    if (!imported.ok) {
      throw new Error(imported.error.message);
    }
    const parts = {
      issuer: "https://idp.acme.test",
      audience: "acme-api",
      people: demoPeople,
      clock: () => new Date("2026-01-15T10:00:00Z"),
    };

    const before = createLocalIdp({ ...parts, key }).jwks();
    const after = createLocalIdp({ ...parts, key: imported.value }).jwks();

    expect(after).toEqual(before);
  });

  test("does not trust the key id of the file", async () => {
    const imported = await importSigningKey({ ...stored, kid: "../another" });

    expect(imported).toMatchObject({ ok: true, value: { kid: key.kid } });
  });

  test("accepts a key of another tool that names neither use nor algorithm", async () => {
    expect(await codeOf(rsaJwk())).toBe("accepted");
  });

  test("accepts a key of 4,096 bits", { timeout: 60_000 }, async () => {
    expect(await codeOf(rsaJwk({ bits: 4096 }))).toBe("accepted");
  });

  test.each([
    ["nothing", undefined],
    ["null", null],
    ["text", "-----BEGIN PRIVATE KEY-----"],
    ["a list", []],
  ])("refuses %s as malformed", async (_what, jwk) => {
    expect(await codeOf(jwk)).toBe("key_malformed");
  });

  test.each(["n", "e", "p", "q", "dp", "dq", "qi"])("refuses a key without %s", async (member) => {
    const jwk = new Map<string, unknown>(Object.entries(stored));
    jwk.delete(member);

    expect(await codeOf(Object.fromEntries(jwk))).toBe("key_malformed");
  });

  test.each([
    ["a number", 5],
    ["empty text", ""],
    ["base64 with padding", "AQAB=="],
    ["text with a space", "AQ AB"],
  ])("refuses a member that is %s", async (_what, qi) => {
    expect(await codeOf({ ...stored, qi })).toBe("key_malformed");
  });

  test("refuses members that are only inherited", async () => {
    expect(await codeOf(Object.create(stored))).toBe("key_not_private_rsa");
  });

  test("refuses a public key", async () => {
    expect(await codeOf(key.publicJwk)).toBe("key_not_private_rsa");
  });

  test("refuses an elliptic-curve key", async () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

    expect(await codeOf(jwkOf(privateKey))).toBe("key_not_private_rsa");
  });

  test("refuses a symmetric key", async () => {
    expect(await codeOf({ kty: "oct", k: "c2VjcmV0", d: "AQAB" })).toBe("key_not_private_rsa");
  });

  test("refuses a key shorter than 2,048 bits", async () => {
    expect(await codeOf(rsaJwk({ bits: 1024 }))).toBe("key_not_suitable");
    expect(await codeOf(rsaJwk({ bits: 2047 }))).toBe("key_not_suitable");
  });

  test("refuses a short key whose modulus is padded with zeros", async () => {
    const short = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
    const { n = "", ...others } = short.export({ format: "jwk" });
    const padded = Buffer.concat([Buffer.alloc(128), Buffer.from(n, "base64url")]);

    const code = await codeOf({ ...others, n: padded.toString("base64url") });

    expect(code).toBe("key_not_suitable");
  });

  test("refuses a key longer than 4,096 bits", async () => {
    const long = Buffer.alloc(513, 0xff).toString("base64url");

    expect(await codeOf({ ...stored, n: long })).toBe("key_not_suitable");
  });

  test("refuses a key whose public exponent is not 65537", async () => {
    expect(await codeOf(rsaJwk({ exponent: 3 }))).toBe("key_not_suitable");
    expect(await codeOf({ ...stored, e: "AQ" })).toBe("key_not_suitable");
  });

  test.each([
    ["encryption", { use: "enc" }],
    ["another algorithm", { alg: "PS256" }],
    ["no algorithm at all", { alg: null }],
  ])("refuses a key that is meant for %s", async (_what, purpose) => {
    expect(await codeOf({ ...stored, ...purpose })).toBe("key_not_suitable");
  });

  test("refuses a key whose halves come from two keys", async () => {
    const { n } = (await generateSigningKey()).publicJwk;

    expect(await codeOf({ ...stored, n })).toBe("key_inconsistent");
  });

  test("never names a part of the key in a problem", async () => {
    const imported = await importSigningKey({ ...stored, qi: "not base64url!" });

    const message = imported.ok ? "" : imported.error.message;

    expect(message).toContain("`qi`");
    expect(message).not.toContain("not base64url!");
    for (const member of privateMembers) {
      expect(message).not.toContain(stored[member]);
    }
  });
});

describe("exportSigningKey", () => {
  test("holds the whole key and its id", () => {
    expect(Object.keys(stored).toSorted()).toEqual(
      ["alg", "kid", "kty", "n", "e", "use", ...privateMembers].toSorted(),
    );
    expect(stored.kid).toBe(key.kid);
  });
});
