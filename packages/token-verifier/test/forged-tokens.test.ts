import { createHmac } from "node:crypto";
import {
  createKeySources,
  createTokenVerifier,
  createWorkspaceTrust,
  type SignatureAlgorithm,
} from "@byot/token-verifier";
import { createNodeFetcher } from "@byot/token-verifier/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  acmeKey,
  acmeProvider,
  adaClaims,
  createVerifier,
  noNetwork,
  noon,
  outcome,
  trustIn,
  verifyClaims,
  verifyToken,
} from "./support/acme.js";
import { type KeyServer, startKeyServer } from "./support/key-server.js";
import { base64url, createRsaKey, signText, signToken } from "./support/signing-key.js";

const honestToken = signToken(adaClaims, acmeKey);
const [honestHeader = "", honestPayload = "", honestSignature = ""] = honestToken.split(".");
const mallory = createRsaKey("acme-2026");
const claimsText = JSON.stringify(adaClaims);
const headerText = JSON.stringify({ alg: "RS256", typ: "JWT", kid: "acme-2026" });

test("the honest token is accepted", async () => {
  await expect(outcome(verifyToken(honestToken))).resolves.toBe("accepted");
});

describe("algorithm", () => {
  test.each(["none", "None", "NONE", "nOnE", "none ", "\u0000none", ""])(
    "%j is refused, with and without a signature",
    async (alg) => {
      const header = base64url(JSON.stringify({ alg, kid: "acme-2026" }));

      await expect(outcome(verifyToken(`${header}.${honestPayload}.`))).resolves.toBe(
        "token_malformed",
      );
      await expect(
        outcome(verifyToken(`${header}.${honestPayload}.${honestSignature}`)),
      ).resolves.toBe("token_alg_not_allowed");
    },
  );

  const secrets = [
    ["PEM", acmeKey.publicKey.export({ format: "pem", type: "spki" })],
    ["DER", acmeKey.publicKey.export({ format: "der", type: "spki" })],
    ["JWK", JSON.stringify(acmeKey.jwk)],
    ["modulus", Buffer.from(acmeKey.jwk.n ?? "", "base64url")],
  ] as const;

  test.each(secrets)("HMAC with the public key as %s is refused", async (_form, secret) => {
    const outcomes = ["HS256", "HS384", "HS512"].map((alg) => {
      const input = `${base64url(JSON.stringify({ alg, kid: "acme-2026" }))}.${honestPayload}`;
      const mac = createHmac(`sha${alg.slice(2)}`, secret)
        .update(input)
        .digest("base64url");
      return outcome(verifyToken(`${input}.${mac}`));
    });

    await expect(Promise.all(outcomes)).resolves.toEqual(
      outcomes.map(() => "token_alg_not_allowed"),
    );
  });

  test.each([
    ["in another case", "rs256"],
    ["that is weaker", "RS1"],
    ["of the prototype", "constructor"],
    ["as list", ["RS256"]],
    ["as number", 256],
    ["null", null],
    ["missing", undefined],
    ["for encryption", "RSA-OAEP"],
    ["that the provider does not use", "RS512"],
  ])("a name %s is refused", async (_situation, alg) => {
    const token = signToken(adaClaims, acmeKey, { alg });

    await expect(outcome(verifyToken(token))).resolves.toBe("token_alg_not_allowed");
  });

  test("a damaged configuration can not admit a symmetric one or none", async () => {
    const input = `${base64url('{"alg":"HS256"}')}.${honestPayload}`;
    const mac = createHmac("sha256", JSON.stringify(acmeKey.jwk)).update(input);

    const algorithms: SignatureAlgorithm[] = [];
    Object.assign(algorithms, ["none", "HS256"]);

    const outcomes = [`${input}.${mac.digest("base64url")}`, honestToken].map((token) =>
      outcome(verifyToken(token, { algorithms })),
    );

    await expect(Promise.all(outcomes)).resolves.toEqual([
      "token_alg_not_allowed",
      "token_alg_not_allowed",
    ]);
  });

  test("a key for one algorithm does not verify another one of the same kind", async () => {
    const token = signToken(adaClaims, { ...acmeKey, alg: "RS384" });

    const verification = verifyToken(token, { algorithms: ["RS256", "RS384"] });

    await expect(outcome(verification)).resolves.toBe("token_key_unknown");
  });
});

describe("a key that the token brings along", () => {
  let sentinel: KeyServer;
  beforeAll(async () => {
    sentinel = await startKeyServer();
  });
  afterAll(() => sentinel.close());

  test("is never used, and no address in the header is ever visited", async () => {
    sentinel.serve({ "/keys": { keys: [mallory.jwk] } });
    const fetcher = createNodeFetcher({ allowLoopbackHttp: true });
    const verifier = createTokenVerifier({
      keys: createKeySources({ fetcher, clock: () => noon }),
      clock: () => noon,
    });
    const url = `${sentinel.origin}/keys`;
    const headers = [
      { jwk: mallory.jwk },
      { jku: url },
      { x5u: url },
      { x5c: [mallory.publicKey.export({ format: "der", type: "spki" }).toString("base64")] },
      { jku: url, x5u: url, jwk: mallory.jwk, kid: "mallory" },
      { jku: url, kid: undefined },
    ];

    const outcomes = headers.map((header) =>
      outcome(verifier.verify(trustIn(acmeProvider()), signToken(adaClaims, mallory, header))),
    );

    await expect(Promise.all(outcomes)).resolves.toEqual([
      "token_signature_invalid",
      "token_signature_invalid",
      "token_signature_invalid",
      "token_signature_invalid",
      "token_key_unknown",
      "token_signature_invalid",
    ]);
    expect(sentinel.requests).toEqual([]);
  });

  test("does no harm beside a genuine signature", async () => {
    const token = signToken(adaClaims, acmeKey, { jku: "https://mallory.example", jwk: {} });

    await expect(outcome(verifyToken(token))).resolves.toBe("accepted");
  });
});

describe("a key id", () => {
  test.each([
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "../../dev/null",
    "' OR '1'='1",
    "acme-2026\u0000",
    "ACME-2026",
    " acme-2026",
    "0",
  ])("%j finds no key", async (kid) => {
    const token = signToken(adaClaims, acmeKey, { kid });

    await expect(outcome(verifyToken(token))).resolves.toBe("token_key_unknown");
  });

  test.each([
    ["a number", 1],
    ["null", null],
    ["a list", ["acme-2026"]],
    ["an object", { kid: "acme-2026" }],
    ["empty", ""],
    ["257 characters long", "k".repeat(257)],
  ])("that is %s is refused", async (_situation, kid) => {
    const token = signToken(adaClaims, acmeKey, { kid });

    await expect(outcome(verifyToken(token))).resolves.toBe("token_header_not_supported");
  });
});

describe("trust", () => {
  test("in a key does not reach another workspace", async () => {
    const globex = acmeProvider({
      workspaceId: "globex",
      keys: { inline: { keys: [mallory.jwk] } },
    });
    const verifier = createVerifier();
    const inGlobex = createWorkspaceTrust("globex", 1, [globex]);
    const inAcme = trustIn(acmeProvider());
    const malloryToken = signToken(adaClaims, mallory);

    const outcomes = [
      verifier.verify(inAcme, honestToken),
      verifier.verify(inGlobex, malloryToken),
      verifier.verify(inAcme, malloryToken),
      verifier.verify(inGlobex, honestToken),
    ].map(outcome);

    await expect(Promise.all(outcomes)).resolves.toEqual([
      "accepted",
      "accepted",
      "token_signature_invalid",
      "token_signature_invalid",
    ]);
  });

  test("in a key does not reach another issuer of the same workspace", async () => {
    const partner = acmeProvider({
      id: "partner",
      issuer: "https://login.partner.example",
      keys: { inline: { keys: [mallory.jwk] } },
    });
    const trust = trustIn(acmeProvider(), partner);

    const verification = createVerifier().verify(trust, signToken(adaClaims, mallory));

    await expect(outcome(verification)).resolves.toBe("token_signature_invalid");
  });

  test("does not extend to a disabled provider", async () => {
    await expect(outcome(verifyToken(honestToken, { enabled: false }))).resolves.toBe(
      "token_issuer_unknown",
    );
  });

  test.each([
    "https://login.acme.example/",
    "https://login.acme.example ",
    "https://LOGIN.acme.example",
    "HTTPS://login.acme.example",
    "https://login.acme.example:443",
    "https://login.acme.example.mallory.example",
    "https://login.acme.exampl",
    "https://login.acme.example#",
    "https://login.аcme.example",
    "http://login.acme.example",
    "__proto__",
  ])("does not extend to %j", async (iss) => {
    await expect(outcome(verifyClaims({ iss }))).resolves.toBe("token_issuer_unknown");
  });

  test.each([
    ["a list", ["https://login.acme.example"], "token_claim_invalid"],
    ["an object", { 0: "https://login.acme.example" }, "token_claim_invalid"],
    ["null", null, "token_claim_invalid"],
    ["empty", "", "token_claim_invalid"],
    ["too long", `https://${"a".repeat(2041)}`, "token_claim_invalid"],
    ["missing", undefined, "token_claim_missing"],
  ])("is not looked for when the issuer is %s", async (_situation, iss, expected) => {
    await expect(outcome(verifyClaims({ iss }))).resolves.toBe(expected);
  });
});

describe("a header member that changes how the token is read", () => {
  test.each([
    ["crit", ["exp"]],
    ["crit", []],
    ["b64", false],
    ["b64", true],
    ["zip", "DEF"],
    ["enc", "A256GCM"],
    ["p2c", 1_000_000_000],
    ["p2s", "c2FsdA"],
    ["epk", {}],
    ["cty", "JWT"],
    ["cty", "application/jwt"],
  ])("`%s` = %j is refused", async (name, value) => {
    const token = signToken(adaClaims, acmeKey, { [name]: value });

    await expect(outcome(verifyToken(token))).resolves.toBe("token_header_not_supported");
  });
});

describe("another spelling of a genuine token", () => {
  const unusedBits = `${honestToken.slice(0, -1)}${nextCharacter(honestToken.slice(-1))}`;
  test.each([
    ["with a space before it", ` ${honestToken}`],
    ["with a line end after it", `${honestToken}\n`],
    ["with a tab inside", `${honestHeader}.\t${honestPayload}.${honestSignature}`],
    ["with padding", `${honestToken}==`],
    ["with padding in the header", `${honestHeader}=.${honestPayload}.${honestSignature}`],
    ["with an unused bit set", unusedBits],
    ["with an alphabet of old", honestToken.replaceAll("-", "+").replaceAll("_", "/")],
    ["with a fourth part", `${honestToken}.${honestSignature}`],
    ["with a dot after it", `${honestToken}.`],
    ["without signature", `${honestHeader}.${honestPayload}.`],
    ["without the last dot", `${honestHeader}.${honestPayload}`],
    ["without header", `.${honestPayload}.${honestSignature}`],
    ["as bearer credentials", `Bearer ${honestToken}`],
    ["as JSON text", JSON.stringify(honestToken)],
    [
      "in the flattened JSON serialisation",
      JSON.stringify({
        protected: honestHeader,
        payload: honestPayload,
        signature: honestSignature,
      }),
    ],
    ["in the form of an encrypted token", `${honestHeader}.e30.e30.e30.e30`],
    ["with five dots", "....."],
  ])("%s is malformed", async (_situation, token) => {
    await expect(outcome(verifyToken(token))).resolves.toBe("token_malformed");
  });

  test("as another token's payload is no JSON", async () => {
    const token = signText(headerText, honestToken, acmeKey);

    await expect(outcome(verifyToken(token))).resolves.toBe("token_malformed");
  });
});

describe("ambiguous JSON under a genuine signature", () => {
  test.each([
    ["header repeats `alg`", withMember(headerText, '"alg":"none"'), claimsText],
    ["header repeats `alg` in escapes", withMember(headerText, '"\\u0061lg":"none"'), claimsText],
    ["payload repeats `sub`", headerText, withMember(claimsText, '"sub":"root"')],
    ["payload repeats `sub` in escapes", headerText, withMember(claimsText, '"\\u0073ub":"root"')],
    [
      "payload repeats a name further in",
      headerText,
      withMember(claimsText, '"x":[{"a":1,"a":2}]'),
    ],
    [
      "payload repeats `__proto__`",
      headerText,
      withMember(claimsText, '"__proto__":1,"__proto__":2'),
    ],
    ["header is a list", "[]", claimsText],
    ["header is a text", '"RS256"', claimsText],
    ["header is null", "null", claimsText],
    ["payload is a list", headerText, `[${claimsText}]`],
    ["payload begins with a byte order mark", headerText, `\uFEFF${claimsText}`],
    ["payload goes on after the object", headerText, `${claimsText}{}`],
    ["payload has a comment", headerText, `${claimsText}//`],
    ["payload is 17 deep", headerText, withMember(claimsText, `"deep":${nested(16)}`)],
    ["payload is thousands deep", headerText, withMember(claimsText, `"deep":${nested(5000)}`)],
  ])("%s: refused", async (_situation, header, payload) => {
    await expect(outcome(verifyToken(signText(header, payload, acmeKey)))).resolves.toBe(
      "token_malformed",
    );
  });

  test("payload is 16 deep: accepted", async () => {
    const payload = withMember(claimsText, `"deep":${nested(15)}`);

    await expect(outcome(verifyToken(signText(headerText, payload, acmeKey)))).resolves.toBe(
      "accepted",
    );
  });

  test("payload is not UTF-8: refused", async () => {
    const payload = Buffer.from(claimsText.replace("premium", "pr\u00FFm"), "latin1");
    const input = `${honestHeader}.${payload.toString("base64url")}`;

    await expect(outcome(verifyToken(`${input}.${honestSignature}`))).resolves.toBe(
      "token_malformed",
    );
  });
});

describe("an altered token", () => {
  test("is refused for every single bit, and for every single character", async () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const altered = Array.from(honestToken).flatMap((character, index) => {
      const value = alphabet.indexOf(character);
      const others =
        value === -1
          ? ["", "A", ","]
          : [1, 2, 4, 8, 16, 32].map((bit) => alphabet.charAt(value ^ bit));
      return others.map(
        (other) => `${honestToken.slice(0, index)}${other}${honestToken.slice(index + 1)}`,
      );
    });

    const outcomes = await Promise.all(altered.map((token) => outcome(verifyToken(token))));

    expect(altered.length).toBeGreaterThan(3000);
    expect(outcomes.filter((code) => code === "accepted")).toEqual([]);
  });

  test("with another payload under a known signature is refused", async () => {
    const payload = base64url(claimsText.replace("ada", "eve"));

    await expect(
      outcome(verifyToken(`${honestHeader}.${payload}.${honestSignature}`)),
    ).resolves.toBe("token_signature_invalid");
  });

  test.each([
    ["empty bytes", 1],
    ["a signature too short", 255],
    ["a signature too long", 257],
    ["zeros", 256],
  ])("with %s for a signature is refused", async (_situation, length) => {
    const signature = Buffer.alloc(length).toString("base64url");

    await expect(
      outcome(verifyToken(`${honestHeader}.${honestPayload}.${signature}`)),
    ).resolves.toBe("token_signature_invalid");
  });
});

describe("a token made to keep the verifier busy", () => {
  test.each([
    ["a million dots", ".".repeat(1_000_000), "token_too_large"],
    ["16,385 characters", "a".repeat(16_385), "token_too_large"],
    ["a text of dots", ".".repeat(16_384), "token_malformed"],
    ["a header of 3 KiB", `${"a".repeat(4096)}.e30.e30`, "token_too_large"],
    ["a signature of 3 KiB", `e30.e30.${"a".repeat(4096)}`, "token_too_large"],
    ["deep JSON", `${base64url("[".repeat(1500))}.e30.e30`, "token_malformed"],
  ])("%s is refused at once", async (_situation, token, expected) => {
    const verifier = createTokenVerifier({ keys: createKeySources({ fetcher: noNetwork }) });
    const trust = trustIn(acmeProvider());
    const milliseconds: number[] = [];

    for (let attempt = 0; attempt < 5; attempt += 1) {
      const started = performance.now();
      await expect(outcome(verifier.verify(trust, token))).resolves.toBe(expected);
      milliseconds.push(performance.now() - started);
    }

    // The best of five says what the work takes, whatever else the machine is doing.
    expect(Math.min(...milliseconds)).toBeLessThan(5);
  });

  test("a payload over its limit is too large even when the token is not", async () => {
    const verifier = createVerifier({ payloadBytes: 64 });

    await expect(outcome(verifier.verify(trustIn(acmeProvider()), honestToken))).resolves.toBe(
      "token_too_large",
    );
  });
});

/** Puts a member in front of the others of a JSON object. */
function withMember(text: string, member: string): string {
  return text.replace("{", `{${member},`);
}

function nested(depth: number): string {
  return `${"[".repeat(depth)}${"]".repeat(depth)}`;
}

function nextCharacter(character: string): string {
  return String.fromCodePoint((character.codePointAt(0) ?? 0) + 1);
}
