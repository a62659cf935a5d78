import {
  createKeySources,
  createTokenVerifier,
  createWorkspaceTrust,
  type DocumentFetcher,
  type JWKSet,
  type TrustedIssuer,
} from "@byot/token-verifier";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { acmeProvider, adaClaims, noon, outcome } from "./support/acme.js";
import { createRsaKey, signToken } from "./support/signing-key.js";

const workspaces = ["acme", "globex", "umbrella"] as const;

/** Different keys of one name. */
const signers = new Map(workspaces.map((name) => [name, createRsaKey("2026-01")]));

function jwksOf(workspace: string): JWKSet {
  return { keys: [...signers].flatMap(([name, { jwk }]) => (name === workspace ? [jwk] : [])) };
}

/** One address for each workspace, each with the key that the workspace knows the issuer by. */
const fetcher: DocumentFetcher = ({ url }) =>
  Promise.resolve({
    ok: true,
    value: { bytes: new TextEncoder().encode(JSON.stringify(jwksOf(url.split("/").at(-1) ?? ""))) },
  });

/** The same issuer, provider id, version and audience everywhere. */
function providerOf(workspaceId: string, isInline: boolean): TrustedIssuer {
  return acmeProvider({
    workspaceId,
    keys: isInline
      ? { inline: jwksOf(workspaceId) }
      : { jwksUri: `https://login.acme.example/${workspaceId}` },
  });
}

function clock(): Date {
  return noon;
}

test("no workspace accepts what another one's key signed, though issuer and kid are the same", async () => {
  const check = fc.record({
    signer: fc.constantFrom(...workspaces),
    asked: fc.constantFrom(...workspaces),
    isInline: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(check, { minLength: 1, maxLength: 12 }), async (checks) => {
      const verifier = createTokenVerifier({ keys: createKeySources({ fetcher, clock }), clock });
      for (const { signer, asked, isInline } of checks) {
        const key = signers.get(signer);
        const token = key === undefined ? "" : signToken(adaClaims, key);
        const trust = createWorkspaceTrust(asked, 1, [providerOf(asked, isInline)]);
        const expected = signer === asked ? "accepted" : "token_signature_invalid";
        expect(await outcome(verifier.verify(trust, token))).toBe(expected);
      }
    }),
    { numRuns: 100 },
  );
});
