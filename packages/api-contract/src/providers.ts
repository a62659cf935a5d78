import { type ClaimMapping, claimMappingsSchema } from "@byot/claim-mapper";
import type { SignatureAlgorithm } from "@byot/token-verifier";
import { z } from "zod";
import { slugSchema } from "./names.js";
import { type StoredAnswer, storedAnswerShape } from "./stored-answer.js";
import { displayText } from "./text.js";

/** Which product an identity provider is. */
export const providerTypes = [
  "oidc",
  "auth0",
  "clerk",
  "cognito",
  "entra",
  "firebase",
  "google",
  "keycloak",
  "okta",
  "supabase",
  "workos",
  "zitadel",
] as const;

/** Which product an identity provider is; `oidc` is any OpenID Connect provider. */
export type ProviderType = (typeof providerTypes)[number];

/** A public key set, as in RFC 7517. */
export interface JsonWebKeySet {
  /** The keys. */
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

/** An external auth provider as it is replaced. */
export interface ProviderBody {
  /** A name for people, at most 100 characters. */
  readonly name: string;
  /** Which product it is. @defaultValue `"oidc"` */
  readonly providerType: ProviderType;
  /** Whether its tokens are accepted. @defaultValue `true` for a new one; a replacement has to say it */
  readonly enabled: boolean;
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
  /** What its tokens may be signed with, 1–11 asymmetric algorithms. @defaultValue `["RS256"]` */
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
  /** Which claims become which `ext_*` attributes, at most 64. @defaultValue none */
  readonly claimMappings: readonly ClaimMapping[];
}

/** An external auth provider as it is created. */
export interface NewProviderBody extends ProviderBody {
  /** Its key. @defaultValue made from the name */
  readonly id?: string;
}

/** An external auth provider as a part of a whole configuration. */
export interface ConfigProvider extends ProviderBody {
  /** Its key. */
  readonly id: string;
}

/** An external auth provider as it is answered. */
export interface ProviderAnswer extends Omit<ProviderBody, "providerType">, StoredAnswer {
  /** Its key. */
  readonly id: string;
  /** Which product it is; a newer server may know more of them. */
  readonly providerType: string;
}

// SECURITY: neither `none` nor a symmetric algorithm can be written down.
const algorithms = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "Ed25519",
  "EdDSA",
] as const satisfies readonly SignatureAlgorithm[];

const identifier = z.string().max(2048);
const identifiers = z.array(identifier).max(64);

/** Reads {@link JsonWebKeySet}. */
export const jsonWebKeySetSchema: z.ZodType<JsonWebKeySet> = z.strictObject({
  keys: z.array(z.record(z.string(), z.unknown())).min(1).max(100),
});

const trustShape = {
  issuer: identifier,
  issuerAliases: identifiers.exactOptional(),
  allowedAudiences: identifiers,
  audienceClaims: z
    .array(z.enum(["aud", "azp", "client_id"]))
    .min(1)
    .max(3)
    .exactOptional(),
  authorizedParties: identifiers.exactOptional(),
  algorithms: z.array(z.enum(algorithms)).min(1).max(algorithms.length).exactOptional(),
  tokenTypes: z.array(z.string().max(64)).min(1).max(16).exactOptional(),
  jwksUri: identifier.exactOptional(),
  jwks: jsonWebKeySetSchema.exactOptional(),
  clockToleranceSeconds: z.number().int().min(0).max(300).exactOptional(),
  maxLifetimeSeconds: z.number().int().positive().exactOptional(),
  requireKid: z.boolean().exactOptional(),
};

const bodyShape = {
  ...trustShape,
  name: displayText(100),
  providerType: z.enum(providerTypes).default("oidc"),
  claimMappings: claimMappingsSchema.default([]),
};

interface KeySettings {
  readonly jwksUri?: string;
  readonly jwks?: JsonWebKeySet;
}

function namesOneKeySource(body: KeySettings): boolean {
  return body.jwksUri === undefined || body.jwks === undefined;
}

const oneKeySource = { path: ["jwks"], error: "give either `jwksUri` or `jwks`, not both" };

// SECURITY: a replacement that says nothing must not enable a provider again.
/** Reads {@link ProviderBody}. */
export const providerBodySchema: z.ZodType<ProviderBody> = z
  .strictObject({ ...bodyShape, enabled: z.boolean() })
  .refine(namesOneKeySource, oneKeySource);

/** Reads {@link NewProviderBody}. */
export const newProviderBodySchema: z.ZodType<NewProviderBody> = z
  .strictObject({
    ...bodyShape,
    enabled: z.boolean().default(true),
    id: slugSchema.exactOptional(),
  })
  .refine(namesOneKeySource, oneKeySource);

/** Reads {@link ConfigProvider}. */
export const configProviderSchema: z.ZodType<ConfigProvider> = z
  .strictObject({ ...bodyShape, enabled: z.boolean(), id: slugSchema })
  .refine(namesOneKeySource, oneKeySource);

/** Reads {@link ProviderAnswer}. */
export const providerAnswerSchema: z.ZodType<ProviderAnswer> = z.strictObject({
  ...trustShape,
  ...storedAnswerShape,
  id: z.string(),
  name: z.string(),
  providerType: z.string(),
  enabled: z.boolean(),
  claimMappings: claimMappingsSchema,
});
