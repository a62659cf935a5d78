import { createKeySources, probeTrustedIssuer, type TrustedIssuer } from "@byot/token-verifier";
import { createNodeFetcher } from "@byot/token-verifier/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acmeKey, acmeProvider } from "./support/acme.js";
import { type KeyServer, startKeyServer } from "./support/key-server.js";

const metadataPath = "/.well-known/openid-configuration";

let server: KeyServer;
beforeAll(async () => {
  server = await startKeyServer();
});
afterAll(() => server.close());

function probe(provider: Partial<TrustedIssuer>): ReturnType<typeof probeTrustedIssuer> {
  const keys = createKeySources({ fetcher: createNodeFetcher({ allowLoopbackHttp: true }) });
  return probeTrustedIssuer(acmeProvider(provider), keys);
}

describe("a provider", () => {
  test("whose keys can be had has no problem, and its keys are there at once", async () => {
    const issuer = server.origin;
    server.serve({
      [metadataPath]: { issuer, jwks_uri: `${issuer}/keys` },
      "/keys": { keys: [acmeKey.jwk] },
    });
    const keys = createKeySources({ fetcher: createNodeFetcher({ allowLoopbackHttp: true }) });
    const provider = acmeProvider({ issuer, keys: { discovery: true } });

    await expect(probeTrustedIssuer(provider, keys)).resolves.toEqual([]);
    expect(keys.status({ ...provider, id: provider.id }).state).toBe("fresh");
  });

  test.each(["", "/"])(
    "that is told with the wrong ending for `%s` learns the right one",
    async (ending) => {
      const right = `${server.origin}${ending}`;
      const wrong = ending === "" ? `${right}/` : right.slice(0, -1);
      server.serve({ [metadataPath]: { issuer: right, jwks_uri: `${server.origin}/keys` } });

      await expect(probe({ issuer: wrong, keys: { discovery: true } })).resolves.toEqual([
        {
          code: "provider_issuer_mismatch",
          path: "/issuer",
          message: `the metadata is for issuer \`${right}\`, which differs in the slash at the end`,
        },
      ]);
    },
  );

  test("like `common` of Entra, whose metadata names a placeholder, is refused", async () => {
    const issuer = `${server.origin}/common/v2.0`;
    server.serve({
      [`/common/v2.0${metadataPath}`]: {
        issuer: `${server.origin}/{tenantid}/v2.0`,
        jwks_uri: `${server.origin}/keys`,
      },
    });

    await expect(probe({ issuer, keys: { discovery: true } })).resolves.toMatchObject([
      { code: "provider_issuer_mismatch", message: "the metadata is for another issuer" },
    ]);
  });

  test("whose metadata names an issuer that is no text is refused", async () => {
    const issuer = server.origin;
    server.serve({ [metadataPath]: { issuer: {}, jwks_uri: `${issuer}/keys` } });

    await expect(probe({ issuer, keys: { discovery: true } })).resolves.toMatchObject([
      { code: "provider_issuer_mismatch" },
    ]);
  });

  test.each([
    ["/nowhere", "provider_jwks_unreachable", "the server answered 404, not 200"],
    ["/empty", "provider_no_usable_key", "the key set has no usable key"],
    ["/other", "provider_no_usable_key", "the key set has no list `keys`"],
  ])("with keys at `%s` has the problem %s", async (path, code, message) => {
    server.serve({ "/empty": { keys: [] }, "/other": {} });
    const keys = { jwksUri: `${server.origin}${path}` };

    await expect(probe({ keys })).resolves.toEqual([{ code, path: "/keys/jwksUri", message }]);
  });

  test("that points into the private network is refused", async () => {
    const issuer = server.origin;
    server.serve({ [metadataPath]: { issuer, jwks_uri: "https://169.254.169.254/keys" } });

    await expect(probe({ issuer, keys: { discovery: true } })).resolves.toMatchObject([
      { code: "provider_url_forbidden", path: "/issuer" },
    ]);
  });

  test("with inline keys is judged by these", async () => {
    await expect(probe({ keys: { inline: { keys: [acmeKey.jwk] } } })).resolves.toEqual([]);
    await expect(probe({ keys: { inline: { keys: [] } } })).resolves.toMatchObject([
      { code: "provider_no_usable_key", path: "/keys/inline" },
    ]);
  });
});
