import { onceForFrozen } from "../once-for-frozen.js";
import type { VerificationKey } from "../keys/key-source.js";
import type { ProviderReference } from "../token-refusal.js";
import type { TrustedIssuer } from "../trusted-issuer.js";
import type { ProvingKey } from "../verified-token.js";

/** How a provider is named beside a token. */
export const referenceTo: (provider: TrustedIssuer) => ProviderReference = onceForFrozen(
  ({ id, version }) => Object.freeze({ id, version }),
);

/** How providers are named, in their order. */
export const referencesTo: (providers: readonly TrustedIssuer[]) => readonly ProviderReference[] =
  onceForFrozen((providers) => Object.freeze(providers.map(referenceTo)));

/** How a key is named beside a token. */
export const provingKey: (key: VerificationKey) => ProvingKey = onceForFrozen(
  ({ kid, thumbprint }) => Object.freeze(kid === undefined ? { thumbprint } : { kid, thumbprint }),
);
