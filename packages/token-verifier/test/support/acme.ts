import { isDeepStrictEqual } from "node:util";
import {
  createKeySources,
  createTokenVerifier,
  createWorkspaceTrust,
  type DocumentFetcher,
  type Limits,
  type Result,
  type TokenRefusal,
  type TokenVerifier,
  type TrustedIssuer,
  type VerifiedToken,
  type WorkspaceTrust,
} from "@byot/token-verifier";
import { createVerifiedTokenCache, nodeSignatures } from "@byot/token-verifier/node";
import { createRsaKey, type SigningKey, signToken } from "./signing-key.js";

/** The moment at which the tests take place. */
export const noon: Date = new Date("2026-01-15T12:00:00Z");

/** The same moment in seconds since 1970. */
export const noonSeconds: number = noon.getTime() / 1000;

/** A clock that the test moves. */
export interface HandClock {
  (): Date;
  advance(seconds: number): void;
}

export function createHandClock(): HandClock {
  let now = noon.getTime();
  return Object.assign(() => new Date(now), {
    advance: (seconds: number) => {
      now += seconds * 1000;
    },
  });
}

export const acmeKey: SigningKey = createRsaKey("acme-2026");

/** What `acme` puts into a token for ada, valid at noon. */
export const adaClaims = {
  iss: "https://login.acme.example",
  aud: "acme-api",
  sub: "ada",
  exp: noonSeconds + 600,
  iat: noonSeconds,
  plan: "premium",
} as const;

/** The provider that trusts {@link acmeKey}, changed as the test needs it. */
export function acmeProvider(changes: Partial<TrustedIssuer> = {}): TrustedIssuer {
  return {
    id: "acme-login",
    workspaceId: "acme",
    version: 3,
    enabled: true,
    issuer: "https://login.acme.example",
    allowedAudiences: ["acme-api"],
    keys: { inline: { keys: [acmeKey.jwk] } },
    ...changes,
  };
}

export function trustIn(...providers: readonly TrustedIssuer[]): WorkspaceTrust {
  return createWorkspaceTrust("acme", 7, providers);
}

/** A network on which nothing can be reached. */
export const noNetwork: DocumentFetcher = () =>
  Promise.resolve({ ok: false, error: { code: "unreachable", message: "there is no network" } });

/**
 * A verifier of which every answer was given by jose, by `node:crypto`, and twice with a memory for
 * accepted tokens. The four have to agree.
 */
export function createVerifier(limits: Partial<Limits> = {}): TokenVerifier {
  const parts = {
    keys: createKeySources({ fetcher: noNetwork, clock: () => noon, limits }),
    clock: () => noon,
    limits,
  };
  const signatures = nodeSignatures();
  const plain = createTokenVerifier(parts);
  const fast = createTokenVerifier({ ...parts, signatures });
  const remembering = createTokenVerifier({
    ...parts,
    signatures,
    cache: createVerifiedTokenCache(),
  });
  return {
    verify: async (...request) => {
      const answer = await plain.verify(...request);
      for (const verifier of [fast, remembering, remembering]) {
        const other = await verifier.verify(...request);
        if (!isDeepStrictEqual(withoutDetail(other), withoutDetail(answer))) {
          throw new TypeError("the ways of verifying do not agree");
        }
      }
      return answer;
    },
  };
}

/** Two engines may say in other words why a signature proves nothing. */
function withoutDetail(answer: Result<VerifiedToken, TokenRefusal>): unknown {
  return answer.ok ? answer : { ...answer.error, detail: "" };
}

/** Verifies at noon, for a workspace that trusts the acme provider with these changes. */
export function verifyToken(
  token: unknown,
  changes: Partial<TrustedIssuer> = {},
): Promise<Result<VerifiedToken, TokenRefusal>> {
  return createVerifier().verify(trustIn(acmeProvider(changes)), token);
}

/** Verifies a token of ada's with some claims changed or, when `undefined`, left out. */
export function verifyClaims(
  claims: Readonly<Record<string, unknown>>,
  changes: Partial<TrustedIssuer> = {},
): Promise<Result<VerifiedToken, TokenRefusal>> {
  return verifyToken(signToken({ ...adaClaims, ...claims }, acmeKey), changes);
}

/** The code of a refusal, or `accepted`. */
export async function outcome(
  result: Promise<Result<unknown, { readonly code: string }>>,
): Promise<string> {
  const settled = await result;
  return settled.ok ? "accepted" : settled.error.code;
}
