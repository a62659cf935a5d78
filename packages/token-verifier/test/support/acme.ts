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

export function createVerifier(limits: Partial<Limits> = {}): TokenVerifier {
  return createTokenVerifier({
    keys: createKeySources({ fetcher: noNetwork, clock: () => noon, limits }),
    clock: () => noon,
    limits,
  });
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
