import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, errors, jwtVerify } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import {
  createLocalIdp,
  demoPeople,
  exportSigningKey,
  generateSigningKey,
  type IssueTokenOptions,
  type JsonObject,
  type LocalIdp,
  type LocalIdpOptions,
  type PrivateJWK,
  type SigningKey,
} from "@byot/local-idp";

const issuer = "https://idp.acme.test";
const audience = "acme-api";
const now = new Date("2026-01-15T10:00:00.750Z");
const nowSeconds = 1_768_471_200;

let key: SigningKey;
let idp: LocalIdp;

beforeAll(async () => {
  key = await generateSigningKey();
  idp = createIdp();
});

function createIdp(changes: Partial<LocalIdpOptions> = {}): LocalIdp {
  return createLocalIdp({
    issuer,
    audience,
    people: demoPeople,
    key,
    clock: () => now,
    ...changes,
  });
}

async function tokenOf(personId: string, options?: IssueTokenOptions, from = idp): Promise<string> {
  const issued = await from.issueToken(personId, options);
  if (!issued.ok) {
    throw new Error(issued.error.message);
  }
  return issued.value;
}

function verify(token: string, currentDate = now): ReturnType<typeof jwtVerify> {
  return jwtVerify(token, createLocalJWKSet({ keys: [...idp.jwks().keys] }), {
    issuer,
    audience,
    algorithms: ["RS256"],
    currentDate,
  });
}

describe("issueToken", () => {
  test("issues a token that verifies against the key set", async () => {
    const token = await tokenOf("ada");

    const { payload, protectedHeader } = await verify(token);

    expect(protectedHeader).toEqual({ alg: "RS256", typ: "JWT", kid: key.kid });
    expect(payload).toMatchObject({ iss: issuer, sub: "ada", aud: audience });
  });

  test("writes the claims of the person beside the registered ones", async () => {
    const token = await tokenOf("ada");

    const { jti, ...others } = decodeJwt(token);
    expect(jti).toMatch(/^[0-9a-f-]{36}$/);
    expect(others).toEqual({
      iss: issuer,
      sub: "ada",
      aud: audience,
      iat: nowSeconds,
      exp: nowSeconds + 600,
      metadata: { plan: "premium" },
      role: "manager",
    });
  });

  test("does not write the name of the person", async () => {
    expect(decodeJwt(await tokenOf("ada"))).not.toHaveProperty("name");
  });

  test("gives every token an id of its own", async () => {
    const first = decodeJwt(await tokenOf("ada"));
    const second = decodeJwt(await tokenOf("ada"));

    expect(first.jti).not.toBe(second.jti);
  });

  test("takes token ids from the caller when told to", async () => {
    const numbered = createIdp({ createTokenId: () => "token-1" });

    expect(decodeJwt(await tokenOf("ada", {}, numbered)).jti).toBe("token-1");
  });

  test("lets a token live for 600 seconds", async () => {
    const token = await tokenOf("ada");

    await expect(verify(token, new Date("2026-01-15T10:09:59Z"))).resolves.toBeDefined();
    await expect(verify(token, new Date("2026-01-15T10:10:00Z"))).rejects.toThrow(
      errors.JWTExpired,
    );
  });

  test("lets tokens live as long as the provider says", async () => {
    const brief = createIdp({ tokenLifetimeSeconds: 5 });

    expect(decodeJwt(await tokenOf("ada", {}, brief)).exp).toBe(nowSeconds + 5);
  });

  test("lets one token live as long as the caller says", async () => {
    expect(decodeJwt(await tokenOf("ada", { expiresInSeconds: 60 })).exp).toBe(nowSeconds + 60);
  });

  test("issues a token that has expired already", async () => {
    const token = await tokenOf("ada", { expiresInSeconds: -3600 });

    await expect(verify(token)).rejects.toThrow(errors.JWTExpired);
  });

  test("issues a token for another audience", async () => {
    const token = await tokenOf("ada", { audience: "another-app" });

    expect(decodeJwt(token).aud).toBe("another-app");
    await expect(verify(token)).rejects.toMatchObject({ claim: "aud" });
  });

  test("puts the claims of one token over those of the person", async () => {
    const token = await tokenOf("ada", { claims: { role: "member", department: "sales" } });

    expect(decodeJwt(token)).toMatchObject({
      role: "member",
      department: "sales",
      metadata: { plan: "premium" },
    });
  });

  test("says who is known when it is asked for somebody else", async () => {
    expect(await idp.issueToken("mallory")).toEqual({
      ok: false,
      error: {
        code: "person_unknown",
        message: "nobody has this id, the people are `ada`, `ben`, `cleo`",
      },
    });
  });

  test("says that there are no people when there are none", async () => {
    const empty = createIdp({ people: [] });

    expect(await empty.issueToken("ada")).toMatchObject({
      ok: false,
      error: { message: "nobody has this id, there are no people" },
    });
  });

  test.each(["__proto__", "constructor", "toString", ""])("knows nobody called %j", async (id) => {
    expect(await idp.issueToken(id)).toMatchObject({ error: { code: "person_unknown" } });
  });

  test.each(["iss", "sub", "aud", "exp", "nbf", "iat", "jti"])(
    "refuses to replace the registered claim %s",
    async (claim) => {
      await expect(idp.issueToken("ada", { claims: { [claim]: "forged" } })).rejects.toThrow(
        new TypeError(`the claims of a token must not set the registered claim \`${claim}\``),
      );
    },
  );

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 0.5])(
    "refuses a lifetime of %d seconds",
    async (expiresInSeconds) => {
      await expect(idp.issueToken("ada", { expiresInSeconds })).rejects.toThrow(TypeError);
    },
  );

  test("refuses an empty audience", async () => {
    await expect(idp.issueToken("ada", { audience: "" })).rejects.toThrow(TypeError);
  });

  test("issues nothing when the clock tells no time", async () => {
    const lost = createIdp({ clock: () => new Date("not a date") });

    await expect(lost.issueToken("ada")).rejects.toThrow(TypeError);
  });

  test("writes a claim called __proto__ as plain data", async () => {
    const claims: JsonObject = { ["__proto__"]: { role: "manager" } };
    const mallory = { id: "mallory", name: "Mallory", claims };

    const token = await tokenOf("mallory", {}, createIdp({ people: [mallory] }));

    const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
    expect(payload).toContain('"__proto__":{"role":"manager"}');
    expect(decodeJwt(token)["role"]).toBeUndefined();
  });

  test("keeps issuing the claims a person had at the start", async () => {
    const claims = { role: "member" };
    const own = createIdp({ people: [{ id: "dora", name: "Dora", claims }] });

    claims.role = "manager";

    expect(decodeJwt(await tokenOf("dora", {}, own))["role"]).toBe("member");
  });
});

describe("jwks", () => {
  test("holds the one public key", () => {
    expect(idp.jwks()).toEqual({ keys: [key.publicJwk] });
    expect(Object.keys(idp.jwks().keys[0] ?? {}).toSorted()).toEqual([
      "alg",
      "e",
      "kid",
      "kty",
      "n",
      "use",
    ]);
  });

  test("leaves the private members out even when the key was put together by hand", async () => {
    const whole: PrivateJWK = await exportSigningKey(key);
    const careless = createIdp({ key: { ...key, publicJwk: whole } });

    expect(careless.jwks()).toEqual({ keys: [key.publicJwk] });
  });

  test("does not verify a token of another key", async () => {
    const another = createIdp({ key: await generateSigningKey() });

    await expect(verify(await tokenOf("ada", {}, another))).rejects.toThrow(
      errors.JWKSNoMatchingKey,
    );
  });

  test("names the key that a token names", async () => {
    const { kid } = decodeProtectedHeader(await tokenOf("ada"));

    expect(idp.jwks().keys.map((jwk) => jwk.kid)).toEqual([kid]);
  });
});

describe("createLocalIdp", () => {
  test("tells its issuer, its audience and its people", () => {
    expect(idp).toMatchObject({ issuer, audience, people: demoPeople });
  });

  test.each<[string, Partial<LocalIdpOptions>]>([
    ["an empty issuer", { issuer: "" }],
    ["an empty audience", { audience: "" }],
    ["a lifetime of nothing", { tokenLifetimeSeconds: 0 }],
    ["a lifetime of half a second", { tokenLifetimeSeconds: 0.5 }],
    ["a person without an id", { people: [{ id: "", name: "Nobody", claims: {} }] }],
    ["two people of one id", { people: [...demoPeople, ...demoPeople] }],
    ["a person with a subject", { people: [{ id: "eve", name: "Eve", claims: { sub: "ada" } }] }],
  ])("refuses %s", (_what, changes) => {
    expect(() => createIdp(changes)).toThrow(TypeError);
  });
});

describe("demoPeople", () => {
  test("are a premium manager, a free member and a premium member", () => {
    expect(demoPeople.map(({ id, claims }) => ({ id, claims }))).toEqual([
      { id: "ada", claims: { metadata: { plan: "premium" }, role: "manager" } },
      { id: "ben", claims: { metadata: { plan: "free" }, role: "member" } },
      { id: "cleo", claims: { metadata: { plan: "premium" }, role: "member" } },
    ]);
  });
});
