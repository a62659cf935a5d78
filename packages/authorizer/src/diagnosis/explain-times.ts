import type { DiagnosisFinding } from "./diagnosis.js";
import { type Evidence, named } from "./evidence.js";

const mostTolerance = 300;

/** Tells for how long the token has been over. */
export function explainExpired(evidence: Evidence): DiagnosisFinding {
  const seconds = Math.ceil(evidence.now - timeOf(evidence, "exp"));
  return {
    kind: "expired",
    cause: `the token expired ${seconds} seconds ago, and ${toleranceOf(evidence)}`,
    fix: "get a fresh token: sign in again or use the refresh token",
  };
}

/** Tells how long it is until the token begins. */
export function explainNotActive(evidence: Evidence): DiagnosisFinding {
  return ofFuture(evidence, {
    kind: "not_active_yet",
    claim: "nbf",
    says: "is not to be used for",
  });
}

/** Tells how far the token's clock is ahead. */
export function explainIssuedInFuture(evidence: Evidence): DiagnosisFinding {
  return ofFuture(evidence, { kind: "issued_in_future", claim: "iat", says: "will be issued in" });
}

/** Tells the life of the token and the longest that counts. */
export function explainLifetime(evidence: Evidence): DiagnosisFinding {
  const life = Math.ceil(timeOf(evidence, "exp") - timeOf(evidence, "iat"));
  const { provider } = evidence;
  return {
    kind: "lifetime_too_long",
    cause: `the token lives for ${life} seconds, and \`maxLifetimeSeconds\` of ${named(provider)} is ${provider.maxLifetimeSeconds}`,
    fix: `set \`maxLifetimeSeconds\` of ${named(provider)} to ${life}, or have the identity provider issue tokens of a shorter life`,
  };
}

interface Future {
  readonly kind: "not_active_yet" | "issued_in_future";
  readonly claim: "nbf" | "iat";
  readonly says: string;
}

function ofFuture(evidence: Evidence, { kind, claim, says }: Future): DiagnosisFinding {
  const seconds = Math.ceil(timeOf(evidence, claim) - evidence.now);
  const setClock = "set the clocks of both machines by NTP";
  const forgive = `, or set \`clockToleranceSeconds\` of ${named(evidence.provider)} to ${seconds}`;
  return {
    kind,
    cause: `the token ${says} another ${seconds} seconds (\`${claim}\`), and ${toleranceOf(evidence)}`,
    fix: seconds <= mostTolerance ? setClock + forgive : setClock,
  };
}

function toleranceOf({ provider }: Evidence): string {
  return `${named(provider)} forgives ${provider.clockToleranceSeconds ?? 30} seconds`;
}

function timeOf({ claims }: Evidence, claim: "exp" | "nbf" | "iat"): number {
  const value = claims[claim];
  return typeof value === "number" ? value : 0;
}
