import type { Stored } from "./stored.js";

/** Which product an identity provider is; `oidc` is any OpenID Connect provider. */
export type ProviderType =
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

/** What a token may be signed with: neither `none` nor a symmetric algorithm. */
export type SignatureAlgorithm =
  | "RS256"
  | "RS384"
  | "RS512"
  | "PS256"
  | "PS384"
  | "PS512"
  | "ES256"
  | "ES384"
  | "ES512"
  | "Ed25519"
  | "EdDSA";

/** A public key set (RFC 7517). */
export interface JsonWebKeySet {
  /** The keys. */
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

/** One way to a claim: a path such as `metadata.plan`, or a list of names without any syntax. */
export type ClaimPath = string | readonly string[];

/** Which claim becomes which attribute. */
export interface ClaimMapping {
  /** 1–63 characters of `a-z 0-9 _`, a letter first; policies read it as `ext_<attribute>`. */
  readonly attribute: string;
  /** Where the claim is: one way, or 1–8 that are tried in order. */
  readonly jwtPath:
    | ClaimPath
    | {
        /** The first that leads to a claim decides. */
        readonly anyOf: readonly ClaimPath[];
      };
  /** Whether a token without a usable value is refused. @defaultValue `false` */
  readonly required?: boolean;
  /** Taken where the claim is absent, never where it is unusable; contradicts `required`. */
  readonly default?: string | number | boolean | readonly string[] | readonly number[];
  /** What the claim has to be. @defaultValue what it is */
  readonly type?:
    "string" | "integer" | "double" | "boolean" | "numeric_date" | "string_set" | "integer_set";
  /** What is done to the claim before it is read, in order, at most 8. @defaultValue nothing */
  readonly transforms?: readonly ClaimTransform[];
}

/** What can be done to a claim before it is read. */
export type ClaimTransform =
  | "trim"
  | "lower_case"
  | "upper_case"
  | "nfc"
  | "first"
  | "unique"
  | `split:${string}`
  | `strip_prefix:${string}`;

interface ProviderTrust {
  /** A name for people, at most 100 characters. */
  readonly name: string;
  /** Compared to the token's `iss` character by character. */
  readonly issuer: string;
  /** Other spellings of the issuer that its tokens carry; exact as well. */
  readonly issuerAliases?: readonly string[];
  /** At least one of these must be in the token. */
  readonly allowedAudiences: readonly string[];
  /** Which claims name the audience: the first that the token has decides. @defaultValue `["aud"]` */
  readonly audienceClaims?: readonly ("aud" | "azp" | "client_id")[];
  /** When given, the token's `azp` must be one of these. */
  readonly authorizedParties?: readonly string[];
  /** What its tokens may be signed with. @defaultValue `["RS256"]` */
  readonly algorithms?: readonly SignatureAlgorithm[];
  /** Accepted `typ` headers; `""` is an absent one. @defaultValue `["", "JWT", "at+jwt"]` */
  readonly tokenTypes?: readonly string[];
  /** Where the keys are. @defaultValue found by discovery from the issuer */
  readonly jwksUri?: string;
  /** The keys themselves, for a provider that cannot be reached. */
  readonly jwks?: JsonWebKeySet;
  /** Clock difference to forgive, in seconds, 0–300. @defaultValue `30` */
  readonly clockToleranceSeconds?: number;
  /** The longest life a token may have been given, in seconds. @defaultValue no limit */
  readonly maxLifetimeSeconds?: number;
  /** Whether a token must name its key. @defaultValue `false` */
  readonly requireKid?: boolean;
}

/** A provider as it is replaced. */
export interface ProviderReplacement extends ProviderTrust {
  /** Which product it is. @defaultValue `"oidc"` */
  readonly providerType?: ProviderType;
  /** Whether its tokens are accepted. A replacement has to say it. */
  readonly enabled: boolean;
  /** Which claims become which `ext_*` attributes, at most 64. @defaultValue none */
  readonly claimMappings?: readonly ClaimMapping[];
}

/** A provider as it is created. */
export interface NewProvider extends Omit<ProviderReplacement, "enabled"> {
  /** Whether its tokens are accepted. @defaultValue `true` */
  readonly enabled?: boolean;
  /** Its key. @defaultValue made from the name */
  readonly id?: string;
}

/** An identity provider whose tokens are trusted. */
export interface Provider extends ProviderTrust, Stored {
  /** Its key. */
  readonly id: string;
  /** Which product it is; a newer server may know more of them. */
  readonly providerType: string;
  /** Whether its tokens are accepted. */
  readonly enabled: boolean;
  /** Which claims become which `ext_*` attributes. */
  readonly claimMappings: readonly ClaimMapping[];
}
