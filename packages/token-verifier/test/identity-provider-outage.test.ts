import { startOidcProvider } from "@byot/testkit";
import {
  createKeySources,
  createTokenVerifier,
  type DocumentFetcher,
  type ManagedKeySources,
} from "@byot/token-verifier";
import { createNodeFetcher } from "@byot/token-verifier/node";
import { expect, test } from "vitest";
import { acmeProvider, outcome, trustIn } from "./support/acme.js";

/** A real clock that the test can set forward. */
function createMovableClock(): { readonly now: () => Date; advance(seconds: number): void } {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead * 1000),
    advance: (seconds) => {
      ahead += seconds;
    },
  };
}

function countRequests(fetcher: DocumentFetcher): {
  readonly fetcher: DocumentFetcher;
  readonly urls: string[];
} {
  const urls: string[] = [];
  return {
    urls,
    fetcher: (request) => {
      urls.push(new URL(request.url).pathname);
      return fetcher(request);
    },
  };
}

test("the keys of a real provider are found, rotated, withdrawn, missed and found again", async () => {
  const identityProvider = await startOidcProvider({
    people: [{ id: "ada", claims: { plan: "premium" } }],
    audience: "acme-api",
  });
  const clock = createMovableClock();
  const network = countRequests(createNodeFetcher({ allowLoopbackHttp: true }));
  let isDown = false;
  const keys: ManagedKeySources = createKeySources({
    // An outage takes nothing but the answers away; the provider stays to sign with its keys.
    fetcher: (request) =>
      isDown
        ? Promise.resolve({ ok: false, error: { code: "unreachable", message: "it is down" } })
        : network.fetcher(request),
    clock: clock.now,
  });
  const verifier = createTokenVerifier({ keys, clock: clock.now });
  const { issuer } = identityProvider;
  const provider = acmeProvider({ issuer, keys: { discovery: true } });
  const check = (token: string): Promise<string> =>
    outcome(verifier.verify(trustIn(provider), token));
  /** A token with the present key of the provider that outlives the test. */
  const sign = (): string =>
    identityProvider.signWithProviderKey(
      {},
      { iss: issuer, aud: "acme-api", sub: "ada", exp: Math.floor(Date.now() / 1000) + 1_000_000 },
    );

  // Discovery, then keys, then a token that somebody got by logging in.
  await expect(check(await identityProvider.accessToken("ada"))).resolves.toBe("accepted");
  expect(network.urls).toEqual(["/.well-known/openid-configuration", "/jwks"]);
  const first = sign();
  await expect(check(first)).resolves.toBe("accepted");

  // A new key beside the old one: accepted after one fetch, the old one still is.
  identityProvider.rotateKeys({ formerKeys: "published" });
  const second = sign();
  clock.advance(10);
  await expect(check(second)).resolves.toBe("accepted");
  await expect(check(first)).resolves.toBe("accepted");
  expect(network.urls.slice(2)).toEqual(["/jwks"]);

  // The old keys are withdrawn: refused when the soft life is over.
  identityProvider.rotateKeys();
  const third = sign();
  clock.advance(300);
  await expect(check(second)).resolves.toBe("token_key_unknown");
  await expect(check(first)).resolves.toBe("token_key_unknown");
  await expect(check(third)).resolves.toBe("accepted");

  // The provider is gone for longer than the soft life: no good token is refused.
  isDown = true;
  for (let minute = 0; minute < 59; minute += 1) {
    clock.advance(60);
    await expect(check(third)).resolves.toBe("accepted");
  }
  expect(keys.status(provider)).toMatchObject({ state: "stale", failure: { code: "unreachable" } });

  // For longer than the hard life: nobody can tell any more.
  clock.advance(60);
  await expect(verifier.verify(trustIn(provider), third)).resolves.toMatchObject({
    error: {
      code: "jwks_unavailable",
      keyFailure: { code: "unreachable" },
    },
  });

  // Back again.
  isDown = false;
  clock.advance(60);
  await expect(check(third)).resolves.toBe("accepted");
  expect(keys.status(provider)).toMatchObject({ state: "fresh", failures: 0 });
  await identityProvider.stop();

  // And really stopped, which makes no difference to those who have its keys.
  clock.advance(300);
  await expect(check(third)).resolves.toBe("accepted");
  clock.advance(3300);
  await expect(check(third)).resolves.toBe("jwks_unavailable");
});
