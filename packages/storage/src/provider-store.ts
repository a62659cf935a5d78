import type { ClaimMapping } from "@byot/claim-mapper";
import type { TrustedIssuer } from "@byot/token-verifier";
import type { ConfiguredStore } from "./configured-store.js";
import type { Stored } from "./stored.js";

/** What a caller decides about an external auth provider: whom to trust, and which claims become attributes. */
export interface ProviderInput extends Omit<TrustedIssuer, "workspaceId" | "version"> {
  /** A name for people. */
  readonly name: string;
  /** Which product it is, such as `clerk` or `oidc`. */
  readonly providerType: string;
  /** Which claims become which `ext_*` attributes. */
  readonly claimMappings: readonly ClaimMapping[];
}

/** An external auth provider as stored; it is a `TrustedIssuer` and can be handed to the verifier as it is. */
export interface ProviderRecord extends ProviderInput, Stored {}

/** Where providers are read; the key is the provider's id. */
export type ProviderStore = ConfiguredStore<ProviderRecord>;
