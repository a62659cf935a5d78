import { createHmac, generateKeyPairSync, type KeyObject } from "node:crypto";
import { compactVerify, decodeProtectedHeader } from "jose";
import { describe, expect, test } from "vitest";
import { createSigner, forgeToken, type KeyPairAlgorithm } from "@byot/testkit";

const signer = createSigner();
const payload = { sub: "ada" };

function partsOf(token: string): readonly string[] {
  return token.split(".");
}

function decode(part: string | undefined): string {
  return Buffer.from(part ?? "", "base64url").toString();
}

describe("forgeToken", () => {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });

  test.each<[KeyPairAlgorithm, { publicKey: KeyObject; privateKey: KeyObject }]>([
    ["RS256", rsa],
    ["RS384", rsa],
    ["RS512", rsa],
    ["PS256", rsa],
    ["PS384", rsa],
    ["PS512", rsa],
    ["ES256", generateKeyPairSync("ec", { namedCurve: "P-256" })],
    ["ES384", generateKeyPairSync("ec", { namedCurve: "P-384" })],
    ["ES512", generateKeyPairSync("ec", { namedCurve: "P-521" })],
    ["EdDSA", generateKeyPairSync("ed25519")],
  ])("signs with %s", async (alg, { publicKey, privateKey }) => {
    const token = forgeToken({ header: { alg }, payload, key: privateKey, algorithm: alg });

    await expect(compactVerify(token, publicKey)).resolves.toMatchObject({
      protectedHeader: { alg },
    });
  });

  test("signs with RS256 unless told otherwise, whatever the header says", () => {
    const honest = forgeToken({ header: { alg: "RS256" }, payload, key: signer.privateKey });
    const lying = forgeToken({ header: { alg: "ES256" }, payload, key: signer.privateKey });

    expect(decode(partsOf(lying)[0])).toBe('{"alg":"ES256"}');
    expect(partsOf(lying)[2]).toHaveLength(partsOf(honest)[2]?.length ?? 0);
  });

  test.each([
    ["the public key as PEM", signer.publicPem],
    ["the public key as a JSON Web Key", JSON.stringify(signer.publicJwk)],
    ["bytes", Buffer.from("secret")],
  ])("makes an HMAC keyed with %s", (_what, hmacSecret) => {
    const token = forgeToken({ header: { alg: "HS256" }, payload, hmacSecret });

    const [header = "", claims = "", signature] = partsOf(token);
    expect(signature).toBe(
      createHmac("sha256", hmacSecret).update(`${header}.${claims}`).digest("base64url"),
    );
  });

  test("leaves the signature empty", () => {
    const token = forgeToken({ header: { alg: "none" }, payload, unsigned: true });

    expect(partsOf(token)).toHaveLength(3);
    expect(partsOf(token)[2]).toBe("");
  });

  test("takes any text for a signature", () => {
    const token = forgeToken({ header: { alg: "RS256" }, payload, signature: "not base64!" });

    expect(partsOf(token)[2]).toBe("not base64!");
  });

  test("takes text for a part to the letter", () => {
    const token = forgeToken({
      header: '{"alg":"RS256",',
      payload: '{"exp":1e999}',
      unsigned: true,
    });

    const [header, claims] = partsOf(token);
    expect(decode(header)).toBe('{"alg":"RS256",');
    expect(decode(claims)).toBe('{"exp":1e999}');
  });

  test("puts a key into the header", () => {
    const jwk = signer.publicJwk;
    const token = forgeToken({ header: { alg: "RS256", jwk }, payload, key: signer.privateKey });

    expect(decodeProtectedHeader(token).jwk).toEqual(jwk);
  });
});
