import type { AttributeValue, ClaimMapping, Claims, InvalidAttribute } from "@byot/claim-mapper";
import type { AudienceClaim, IssuerKeys, SignatureAlgorithm } from "@byot/token-verifier";

/** The providers there are presets for; `oidc` is any OpenID Connect provider. */
export type PresetName =
  | "oidc"
  | "auth0"
  | "clerk"
  | "cognito"
  | "entra"
  | "firebase"
  | "google"
  | "keycloak"
  | "okta"
  | "supabase"
  | "workos"
  | "zitadel";

/** How the issuers of a provider are spelt. */
export interface IssuerRule {
  /** A correct one, for people. */
  readonly example: string;
  /** What every issuer of the provider looks like. */
  readonly pattern: RegExp;
  /** What every issuer of the provider looks like, for people; completes `an issuer of Okta …`. */
  readonly description: string;
  /** Whether issuers end in a slash; `kept` where both exist. */
  readonly slash: "required" | "forbidden" | "kept";
  /** Texts that stand for something to be filled in, beside the usual ones. @defaultValue none */
  readonly placeholders?: RegExp;
  /** Makes an issuer of something that is nearly one. What it makes counts only if it matches `pattern`. */
  readonly correct?: (nearly: string) => string | undefined;
}

/** A remark about the claims of a token. */
export interface ClaimNote {
  /** What it is about. */
  readonly code:
    | "groups_overage"
    | "permissions_undecodable"
    | "roles_undecodable"
    | "namespace_ambiguous"
    | "not_an_access_token";
  /** The claim of the token it is about. */
  readonly claim: string;
  /** What to know about it, in one line for people; never a value. */
  readonly message: string;
}

/** What a provider's tokens say in a form that no path can read. */
export interface DerivedClaims {
  /** Claims by the name mappings read below `byot`. */
  readonly claims: Claims;
  /** What people should know about the token. */
  readonly notes: readonly ClaimNote[];
}

/** Where in a provider's dashboard a value is found. */
export interface Direction {
  /** The setting it is for, as a provider's configuration calls it; `claims` for what the provider puts into tokens. */
  readonly setting:
    "issuer" | "allowedAudiences" | "authorizedParties" | "claims" | "algorithms" | "tokens";
  /** Where it is, in one or two sentences. */
  readonly text: string;
}

/** A text to paste into a provider's dashboard. */
export interface Snippet {
  /** What it is called there. */
  readonly title: string;
  /** The text. */
  readonly text: string;
}

/** The claims of a token as a provider would issue it, and what becomes of them. */
export interface SampleToken {
  /** What is particular about it. */
  readonly title: string;
  /** What kind of token it is. */
  readonly kind: "access_token" | "id_token" | "session_token";
  /** An audience the provider could be configured with, to accept it; absent where it is to be refused. */
  readonly audience?: string;
  /** Its claims. */
  readonly claims: Claims;
  /** What the preset's mappings make of them, by the name policies read. */
  readonly attributes: Readonly<Record<string, AttributeValue | InvalidAttribute>>;
}

/** What is particular about an identity provider. All of it is data, and none of it is configured by itself. */
export interface ProviderPreset {
  /** The value of `providerType`. */
  readonly providerType: PresetName;
  /** The provider's name for people. */
  readonly name: string;
  /** How its issuers are spelt. */
  readonly issuer: IssuerRule;
  /** Other spellings of the issuer that its tokens carry. @defaultValue none */
  readonly issuerAliases?: readonly string[];
  /** Which claims say for whom a token is meant; the first that a token has decides. */
  readonly audienceClaims: readonly AudienceClaim[];
  /** The signature algorithms its tokens have, the usual one first. */
  readonly algorithms: readonly SignatureAlgorithm[];
  /** The `typ` headers its tokens have; `""` stands for none. */
  readonly tokenTypes: readonly string[];
  /** Clock difference to forgive, in seconds. */
  readonly clockToleranceSeconds: number;
  /** Where the keys of an issuer are. */
  readonly locateKeys: (issuer: string) => IssuerKeys;
  /** The mappings to begin with. */
  readonly claimMappings: readonly ClaimMapping[];
  /** Reads what no path can; see `prepareClaims`. @defaultValue paths can read everything */
  readonly deriveClaims?: (claims: Claims) => DerivedClaims;
  /** Where each value is found. */
  readonly directions: readonly Direction[];
  /** Texts to paste. @defaultValue none */
  readonly snippets?: readonly Snippet[];
  /** What people get wrong with this provider, one sentence each. */
  readonly pitfalls: readonly string[];
  /** Tokens as it issues them. */
  readonly samples: readonly SampleToken[];
}
