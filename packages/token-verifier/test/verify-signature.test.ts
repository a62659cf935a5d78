import { constants, sign, webcrypto } from "node:crypto";
import {
  createKeySources,
  createTokenVerifier,
  type SignatureAlgorithm,
  type SignatureEngine,
} from "@byot/token-verifier";
import { nodeSignatures } from "@byot/token-verifier/node";
import { parseJws, signatureKeysOf, verifySignature } from "@byot/token-verifier/testing";
import { importJWK } from "jose";
import { describe, expect, test } from "vitest";
import { acmeKey, acmeProvider, adaClaims, noNetwork, noon, trustIn } from "./support/acme.js";
import { createEcKey, createEd25519Key, createRsaKey, signToken } from "./support/signing-key.js";

const token = signToken(adaClaims, acmeKey);
const node = nodeSignatures();

/** `accepted` or the code of the refusal. */
async function prove(
  text: unknown,
  profile: Parameters<typeof signatureKeysOf>[1] = {},
): Promise<string> {
  const jws = parseJws(text);
  if (!jws.ok) {
    return jws.error.code;
  }
  const proven = await verifySignature(
    jws.value,
    signatureKeysOf({ keys: [acmeKey.jwk] }, profile),
  );
  return proven.ok ? "accepted" : proven.error.code;
}

describe("the signature layer", () => {
  test("tells which key made a signature, whatever was signed", async () => {
    const jws = parseJws(signToken([], acmeKey));

    const proven =
      jws.ok && (await verifySignature(jws.value, signatureKeysOf({ keys: [acmeKey.jwk] })));

    expect(proven).toMatchObject({ ok: true, value: { kid: "acme-2026" } });
  });

  test("takes RS256 alone when nothing else is said", async () => {
    const key = createEd25519Key("acme-2026");

    await expect(prove(token)).resolves.toBe("accepted");
    await expect(prove(signToken(adaClaims, key))).resolves.toBe("token_alg_not_allowed");
    await expect(prove(token, { algorithms: ["RS512"] })).resolves.toBe("token_alg_not_allowed");
  });

  test("wants a `kid` where that is required", async () => {
    const nameless = signToken(adaClaims, acmeKey, { kid: undefined });

    await expect(prove(nameless)).resolves.toBe("accepted");
    await expect(prove(nameless, { requireKid: true })).resolves.toBe("token_key_unknown");
  });

  test("refuses what a damaged configuration lists beyond the closed set", async () => {
    const algorithms: SignatureAlgorithm[] = [];
    Object.assign(algorithms, ["none", "HS256"]);

    await expect(prove(token, { algorithms })).resolves.toBe("token_alg_not_allowed");
  });
});

describe("an engine", () => {
  const broken: readonly (readonly [string, SignatureEngine["verify"]])[] = [
    ["says no", () => false],
    ["throws", () => assertNever()],
    ["rejects", () => Promise.reject(new Error("no"))],
    ["says no later", () => Promise.resolve(false)],
    ["says something truthy", () => JSON.parse("1")],
    ["says something truthy later", () => Promise.resolve(JSON.parse('"true"'))],
    ["says nothing", () => JSON.parse("null")],
  ];

  test.each(broken)("that %s proves nothing", async (_situation, verify) => {
    await expect(prove(token, { engine: { ...node, verify } })).resolves.toBe(
      "token_signature_invalid",
    );
  });
});

describe("node:crypto", () => {
  const pss = createRsaKey("pss", { alg: "PS256" });
  const ec = createEcKey("ec", "P-256", "ES256");

  test.each([
    { alg: "RS256", imported: "RS512", key: acmeKey },
    { alg: "RS256", imported: "PS256", key: acmeKey },
    { alg: "PS256", imported: "RS256", key: pss },
    { alg: "ES256", imported: "RS256", key: acmeKey },
    { alg: "RS256", imported: "ES256", key: ec },
    { alg: "ES384", imported: "ES256", key: ec },
    { alg: "Ed25519", imported: "RS256", key: acmeKey },
  ] as const)("does not verify $alg with a key for $imported", async ({ alg, imported, key }) => {
    const cryptoKey = await importJWK({ ...key.jwk, alg: imported }, imported);
    if (cryptoKey instanceof Uint8Array) {
      throw new TypeError("the key is a secret");
    }
    const compact = signToken(adaClaims, { ...key, alg: imported });

    expect(node.verify({ compact, alg: imported, cryptoKey })).toBe(true);
    expect(() => node.verify({ compact, alg, cryptoKey })).toThrow(TypeError);
  });

  test("does not verify with a key that may not, or that is not public", async () => {
    const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    const jwk = acmeKey.publicKey.export({ format: "jwk" });
    const useless = await webcrypto.subtle.importKey("jwk", jwk, rsa, true, []);
    const pkcs8 = acmeKey.privateKey.export({ format: "der", type: "pkcs8" });
    const secret = await webcrypto.subtle.importKey("pkcs8", pkcs8, rsa, true, ["sign"]);

    for (const cryptoKey of [useless, secret]) {
      expect(() => node.verify({ compact: token, alg: "RS256", cryptoKey })).toThrow(TypeError);
    }
  });

  test("takes a signature of ECDSA in the one form that JWS has", async () => {
    const cryptoKey = await importJWK(ec.jwk, "ES256");
    if (cryptoKey instanceof Uint8Array) {
      throw new TypeError("the key is a secret");
    }
    const compact = signToken(adaClaims, ec);
    const [head = "", body = "", signature = ""] = compact.split(".");
    const bytes = Buffer.from(signature, "base64url");
    const der = Buffer.concat([derInteger(bytes.subarray(0, 32)), derInteger(bytes.subarray(32))]);
    const sequence = Buffer.concat([Buffer.from([0x30, der.length]), der]);
    const other = [head, body, sequence.toString("base64url")].join(".");

    expect(node.verify({ compact, alg: "ES256", cryptoKey })).toBe(true);
    expect(node.verify({ compact: other, alg: "ES256", cryptoKey })).toBe(false);
  });
});

describe("node:crypto", () => {
  test.each([
    [20, false],
    [32, true],
  ])("and WebCrypto agree on a salt of %i bytes", async (saltLength, expected) => {
    await expect(isProvenPss(saltLength)).resolves.toEqual([expected, expected]);
  });

  test("takes a signature of RSA-PSS with a salt of the one length that JWS has", async () => {
    await expect(isProvenPss(64)).resolves.toEqual([false, false]);
  });
});

describe("a header that was read before", () => {
  const keys = createKeySources({ fetcher: noNetwork });
  const trust = trustIn(acmeProvider());

  function setCounter(): {
    readonly decoded: string[];
    readonly verify: (text: string) => unknown;
  } {
    const decoded: string[] = [];
    const decode: SignatureEngine["decode"] = (part) => {
      decoded.push(part);
      return node.decode(part);
    };
    const signatures = { ...node, decode };
    const verifier = createTokenVerifier({ keys, clock: () => noon, signatures });
    return { decoded, verify: (text) => verifier.verify(trust, text) };
  }

  test("is not read again once a token that has it was proven", async () => {
    const { decoded, verify } = setCounter();
    const [header = "", payload = ""] = token.split(".");

    await verify(token);
    await verify(token);

    expect(decoded).toEqual([header, payload, payload]);
  });

  test("is read again as long as no token that has it was proven", async () => {
    const { decoded, verify } = setCounter();
    const forged = signToken(adaClaims, createRsaKey("acme-2026"));
    const [header = "", payload = ""] = forged.split(".");

    await verify(forged);
    await verify(forged);

    expect(decoded).toEqual([header, payload, header, payload]);
  });

  test("is forgotten when 256 others came after it", async () => {
    const { decoded, verify } = setCounter();
    const [header = ""] = token.split(".");
    await verify(token);
    for (let index = 0; index < 256; index += 1) {
      await verify(signToken(adaClaims, acmeKey, { index }));
    }
    decoded.length = 0;

    await verify(token);

    expect(decoded).toContain(header);
  });
});

/** Whether each engine takes a PS256 signature whose salt has this length. */
async function isProvenPss(saltLength: number): Promise<readonly boolean[]> {
  const key = createRsaKey("pss", { alg: "PS256" });
  const [head = "", body = ""] = signToken(adaClaims, key).split(".");
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  const input = `${head}.${body}`;
  const signature = sign("sha256", Buffer.from(input), {
    key: key.privateKey,
    padding,
    saltLength,
  });
  const jws = parseJws(`${input}.${signature.toString("base64url")}`);
  const keys = { keys: [key.jwk] };
  return await Promise.all(
    [{}, { engine: node }].map(async (engine) => {
      const profile = { algorithms: ["PS256"], ...engine } as const;
      return jws.ok && (await verifySignature(jws.value, signatureKeysOf(keys, profile))).ok;
    }),
  );
}

function derInteger(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = bytes.subarray(first);
  const padded = (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), digits]) : digits;
  return Buffer.concat([Buffer.from([0x02, padded.length]), padded]);
}

function assertNever(): never {
  throw new Error("the engine is broken");
}
