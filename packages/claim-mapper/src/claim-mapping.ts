import { z } from "zod";
import { type DefaultValue, isInvalid, readAttributeValue } from "./attribute-value.js";
import { findPathProblem } from "./claim-path.js";

/** Which claim becomes which attribute. */
export interface ClaimMapping {
  /** 1–63 characters of `a-z 0-9 _`, a letter first; policies read it as `ext_<attribute>`. */
  readonly attribute: string;
  /**
   * Where the claim is, 1–256 characters: the name of a claim as a whole if the token has one of that
   * name, else the names on the way to it with dots between, at most 8.
   */
  readonly jwtPath: string;
  /** Whether a token without a usable value is refused. @defaultValue `false` */
  readonly required?: boolean;
  /** Taken where the claim is absent, never where it is unusable. Contradicts `required`. */
  readonly default?: DefaultValue;
}

/** The most mappings one issuer may have. */
export const maximumMappings = 64;

const attributeName = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, {
  error: "must be 1–63 characters of `a-z 0-9 _`, a letter first",
});

const claimPath = z
  .string()
  .min(1, { error: "must be 1–256 characters" })
  .max(256, { error: "must be 1–256 characters" })
  .superRefine((path, context) => {
    const message = findPathProblem(path);
    if (message !== undefined) {
      context.addIssue({ code: "custom", message });
    }
  });

const defaultValue = z
  .union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.array(z.number())])
  .refine((value) => !isInvalid(readAttributeValue(value)), {
    error: "must be within the limits of an attribute",
  });

/** Reads a {@link ClaimMapping} from untrusted JSON; unknown properties are refused. */
export const claimMappingSchema: z.ZodType<ClaimMapping> = z
  .strictObject({
    attribute: attributeName,
    jwtPath: claimPath,
    required: z.boolean().exactOptional(),
    default: defaultValue.exactOptional(),
  })
  .refine((mapping) => mapping.required !== true || mapping.default === undefined, {
    path: ["default"],
    error: "a required claim has no default",
  });

/** Reads the mappings of one issuer from untrusted JSON: at most 64, each attribute once. */
export const claimMappingsSchema: z.ZodType<readonly ClaimMapping[]> = z
  .array(claimMappingSchema)
  .max(maximumMappings, { error: `must be at most ${maximumMappings} mappings` })
  .superRefine((mappings, context) => {
    const seen = new Set<string>();
    for (const [index, { attribute }] of mappings.entries()) {
      if (seen.has(attribute)) {
        const message = `attribute \`${attribute}\` is mapped twice`;
        context.addIssue({ code: "custom", path: [index, "attribute"], message });
      }
      seen.add(attribute);
    }
  });
