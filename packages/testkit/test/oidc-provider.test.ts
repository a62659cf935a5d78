import {
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type JWTVerifyResult,
} from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { requestJson, startOidcProvider, type OidcProvider } from "@byot/testkit";

const audience = "acme-api";
const people = [
  { id: "ada", claims: { metadata: { plan: "premium" }, role: "manager" } },
  { id: "ben", claims: { metadata: { plan: "free" }, role: "member", iss: "https://evil.test" } },
];

let provider: OidcProvider;

beforeAll(async () => {
  provider = await startOidcProvider({ people, audience });
});

afterAll(async () => {
  await provider.stop();
});

function verify(token: string, from = provider): Promise<JWTVerifyResult> {
  const { issuer } = from;
  const keys = createRemoteJWKSet(new URL(from.jwksUri));
  return jwtVerify(token, keys, { issuer, audience, algorithms: ["RS256"] });
}

describe("startOidcProvider", () => {
  test("publishes a discovery document with its issuer and its keys", async () => {
    const { status, body } = await requestJson(
      `${provider.issuer}/.well-known/openid-configuration`,
    );

    expect(status).toBe(200);
    expect(body).toMatchObject({ issuer: provider.issuer, jwks_uri: provider.jwksUri });
    expect(provider.issuer).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test("warns about none of its settings", async () => {
    const notices = [vi.spyOn(console, "info"), vi.spyOn(console, "warn")];

    const quiet = await startOidcProvider({ people, audience });
    await quiet.accessToken("ada");
    await expect(quiet.accessToken("mallory")).rejects.toThrow(Error);
    await quiet.stop();

    for (const notice of notices) {
      expect(notice).not.toHaveBeenCalled();
      notice.mockRestore();
    }
  });

  test("publishes public keys alone", async () => {
    const { body } = await requestJson(provider.jwksUri);

    expect(body).toMatchObject({ keys: [{ kty: "RSA", alg: "RS256", use: "sig" }] });
    expect(JSON.stringify(body)).not.toMatch(/"(d|p|q|dp|dq|qi)"/);
  });
});

describe("accessToken", () => {
  test("gives a signed token of the person that logged in", async () => {
    const { payload, protectedHeader } = await verify(await provider.accessToken("ada"));

    expect(protectedHeader).toMatchObject({ alg: "RS256", typ: "at+jwt" });
    expect(payload).toMatchObject({
      iss: provider.issuer,
      sub: "ada",
      aud: audience,
      metadata: { plan: "premium" },
      role: "manager",
    });
  });

  test("keeps people apart", async () => {
    const [ada, ben] = await Promise.all([
      provider.accessToken("ada"),
      provider.accessToken("ben"),
    ]);

    expect(decodeJwt(ada)["role"]).toBe("manager");
    expect(decodeJwt(ben)["role"]).toBe("member");
  });

  test("does not let a claim of a person replace one of the provider", async () => {
    expect(decodeJwt(await provider.accessToken("ben")).iss).toBe(provider.issuer);
  });

  test("lets a token live for 600 seconds unless told otherwise", async () => {
    const { iat = 0, exp = 0 } = decodeJwt(await provider.accessToken("ada"));
    const brief = decodeJwt(await provider.accessToken("ada", { ttlSeconds: 1 }));

    expect(exp - iat).toBe(600);
    expect((brief.exp ?? 0) - (brief.iat ?? 0)).toBe(1);
  });

  test("asks for another audience", async () => {
    const token = await provider.accessToken("ada", { audience: "another-app" });

    expect(decodeJwt(token).aud).toBe("another-app");
    await expect(verify(token)).rejects.toMatchObject({ claim: "aud" });
  });

  test("says why there is no token for somebody it does not know", async () => {
    await expect(provider.accessToken("mallory")).rejects.toThrow(
      "the provider refused the log-in: access_denied, nobody has the id mallory",
    );
  });
});

describe("signWithProviderKey", () => {
  test("signs any claims with the published key", async () => {
    const token = provider.signWithProviderKey({}, { iss: provider.issuer, aud: audience, exp: 1 });

    await expect(verify(token)).rejects.toThrow(errors.JWTExpired);
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: "RS256", typ: "at+jwt" });
  });

  test("lets the header be replaced", () => {
    const token = provider.signWithProviderKey({ kid: "unknown", typ: undefined }, {});

    expect(decodeProtectedHeader(token)).toEqual({ alg: "RS256", kid: "unknown" });
  });
});

describe("rotateKeys", () => {
  test("withdraws the former key", async () => {
    const rotating = await startOidcProvider({ people, audience });
    const before = await rotating.accessToken("ada");

    rotating.rotateKeys();

    const after = await rotating.accessToken("ada");
    await expect(verify(after, rotating)).resolves.toMatchObject({ payload: { sub: "ada" } });
    await expect(verify(before, rotating)).rejects.toThrow(errors.JWKSNoMatchingKey);
    await rotating.stop();
  });

  test("publishes the former key beside the new one when told to", async () => {
    const rotating = await startOidcProvider({ people, audience });
    const before = await rotating.accessToken("ada");

    rotating.rotateKeys({ formerKeys: "published" });

    const after = await rotating.accessToken("ada");
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid);
    await expect(verify(before, rotating)).resolves.toBeDefined();
    await rotating.stop();
  });
});

describe("stop", () => {
  test("frees the port", async () => {
    const stopped = await startOidcProvider({ people, audience });
    await stopped.accessToken("ada");

    await stopped.stop();

    await expect(fetch(stopped.jwksUri)).rejects.toThrow(TypeError);
  });
});
