import { createPublicKey } from "node:crypto";
import { calculateJwkThumbprint, createLocalJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { describe, expect, test } from "vitest";
import { createSigner } from "@byot/testkit";

const signer = createSigner();

describe("createSigner", () => {
  test("signs tokens that its key set verifies", async () => {
    const token = signer.sign({}, { sub: "ada" });

    const keys = createLocalJWKSet({ keys: [...signer.jwks.keys] });
    const { payload, protectedHeader } = await jwtVerify(token, keys);

    expect(payload).toEqual({ sub: "ada" });
    expect(protectedHeader).toEqual({ alg: "RS256", typ: "JWT", kid: signer.kid });
  });

  test("puts the given header over its own", () => {
    const token = signer.sign({ kid: undefined, typ: "at+jwt", crit: ["b64"] }, {});

    expect(decodeProtectedHeader(token)).toEqual({ alg: "RS256", typ: "at+jwt", crit: ["b64"] });
  });

  test("names its key by the RFC 7638 thumbprint or as it is told", async () => {
    expect(signer.kid).toBe(await calculateJwkThumbprint(signer.publicJwk));
    expect(createSigner({ kid: "key-1" }).publicJwk.kid).toBe("key-1");
  });

  test("gives the same public key as JSON Web Key and as PEM", () => {
    const { n, e } = createPublicKey(signer.publicPem).export({ format: "jwk" });

    expect(signer.publicJwk).toMatchObject({ n, e });
    expect(Object.keys(signer.publicJwk).toSorted()).toEqual([
      "alg",
      "e",
      "kid",
      "kty",
      "n",
      "use",
    ]);
  });

  test("makes keys that are too short when told to", () => {
    const { publicJwk } = createSigner({ modulusLength: 1024 });

    expect(Buffer.from(publicJwk.n, "base64url")).toHaveLength(128);
  });
});
