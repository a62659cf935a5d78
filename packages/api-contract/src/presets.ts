import { type ClaimMapping, claimMappingsSchema } from "@byot/claim-mapper";
import { z } from "zod";

/** What is particular about an identity provider, to begin a configuration with. */
export interface PresetAnswer {
  /** The value of `providerType`. */
  readonly providerType: string;
  /** The product's name for people. */
  readonly name: string;
  /** How its issuers are spelt. */
  readonly issuer: {
    /** A correct one. */
    readonly example: string;
    /** Completes `an issuer of Okta …`. */
    readonly description: string;
    /** `required`, `forbidden` or `kept`. */
    readonly slash: string;
  };
  /** Other spellings of the issuer that its tokens carry. */
  readonly issuerAliases?: readonly string[];
  /** Which claims name the audience: the first that a token has decides. */
  readonly audienceClaims: readonly string[];
  /** What its tokens are signed with. */
  readonly algorithms: readonly string[];
  /** The `typ` headers its tokens have; `""` is an absent one. */
  readonly tokenTypes: readonly string[];
  /** Clock difference to forgive, in seconds. */
  readonly clockToleranceSeconds: number;
  /** The mappings to begin with. */
  readonly claimMappings: readonly ClaimMapping[];
  /** Where in its dashboard each setting is found. */
  readonly directions: readonly { readonly setting: string; readonly text: string }[];
  /** Texts to paste there. */
  readonly snippets: readonly { readonly title: string; readonly text: string }[];
  /** What people get wrong, one sentence each. */
  readonly pitfalls: readonly string[];
  /** Tokens as it issues them, with made-up values. */
  readonly samples: readonly {
    /** What is particular about it. */
    readonly title: string;
    /** What kind of token it is. */
    readonly kind: string;
    /** Its claims. */
    readonly claims: Readonly<Record<string, unknown>>;
  }[];
}

const texts = z.array(z.string());

/** Reads {@link PresetAnswer}. */
export const presetAnswerSchema: z.ZodType<PresetAnswer> = z.strictObject({
  providerType: z.string(),
  name: z.string(),
  issuer: z.strictObject({ example: z.string(), description: z.string(), slash: z.string() }),
  issuerAliases: texts.exactOptional(),
  audienceClaims: texts,
  algorithms: texts,
  tokenTypes: texts,
  clockToleranceSeconds: z.number().int(),
  claimMappings: claimMappingsSchema,
  directions: z.array(z.strictObject({ setting: z.string(), text: z.string() })),
  snippets: z.array(z.strictObject({ title: z.string(), text: z.string() })),
  pitfalls: texts,
  samples: z.array(
    z.strictObject({
      title: z.string(),
      kind: z.string(),
      claims: z.record(z.string(), z.unknown()),
    }),
  ),
});
