import { z } from "zod";
import { type AttributeType, attributeTypes } from "./attribute-type.js";
import type { DefaultValue } from "./attribute-value.js";
import {
  type ClaimPathAlternative,
  type ClaimPathSource,
  maximumAlternatives,
  maximumPathLength,
  maximumSegments,
} from "./claim-path.js";
import { parseClaimPath } from "./parse-claim-path.js";
import { isUsableDefault } from "./read-claim-value.js";
import { isTransform, maximumTransforms, type Transform } from "./transform.js";

/** Which claim becomes which attribute. */
export interface ClaimMapping {
  /** 1–63 characters of `a-z 0-9 _`, a letter first; policies read it as `ext_<attribute>`. */
  readonly attribute: string;
  /**
   * Where the claim is: a path, a list of names without any syntax, or `{ anyOf }` with several of these.
   *
   * A path of 1–256 characters is first of all the name of a claim as a whole. If the token has none of that name, it
   * is at most 8 segments: names with dots between, `["any name"]`, `[0]`, and `*` for all values there are.
   */
  readonly jwtPath: ClaimPathSource;
  /** Whether a token without a usable value is refused. @defaultValue `false` */
  readonly required?: boolean;
  /**
   * Taken where the claim is absent, never where it is unusable; read at `type`, but not transformed. Contradicts
   * `required`.
   */
  readonly default?: DefaultValue;
  /** What the claim has to be. @defaultValue what it is: a string, number, boolean, or a set of strings or numbers */
  readonly type?: AttributeType;
  /** What is done to the claim before it is read, in order, at most 8. @defaultValue nothing */
  readonly transforms?: readonly Transform[];
}

/** The most mappings one issuer may have. */
export const maximumMappings = 64;

const attributeName = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, {
  error: "must be 1–63 characters of `a-z 0-9 _`, a letter first",
});

const unreadable = /\p{Cc}|\p{Surrogate}/u;

interface Problems {
  readonly addIssue: (issue: {
    readonly code: "custom";
    readonly message: string;
    readonly path?: PropertyKey[];
  }) => void;
}

function reportPathProblem(way: ClaimPathAlternative, { addIssue }: Problems): void {
  if (unreadable.test(typeof way === "string" ? way : way.join(""))) {
    addIssue({
      code: "custom",
      message: "must not have control characters or half a surrogate pair",
    });
    return;
  }
  const parsed = parseClaimPath(way);
  // An empty path is reported by its length already.
  if (!parsed.ok && way.length > 0) {
    addIssue({ code: "custom", message: parsed.error });
  }
}

const pathLength = { error: `must be 1–${maximumPathLength} characters` };
const nameCount = { error: `must be 1–${maximumSegments} names` };

const pathText = z
  .string()
  .min(1, pathLength)
  .max(maximumPathLength, pathLength)
  .superRefine(reportPathProblem);

const pathNames = z
  .array(
    z.string().max(maximumPathLength, { error: `must be at most ${maximumPathLength} characters` }),
  )
  .min(1, nameCount)
  .max(maximumSegments, nameCount)
  .superRefine(reportPathProblem);

const alternative = z.union([pathText, pathNames], {
  error: "must be a path or a list of 1–8 names",
});

const alternativeCount = { error: `must be 1–${maximumAlternatives} paths` };

const claimPath = z.union(
  [
    pathText,
    pathNames,
    z.strictObject({
      anyOf: z
        .array(alternative)
        .min(1, alternativeCount)
        .max(maximumAlternatives, alternativeCount),
    }),
  ],
  { error: 'must be a path, a list of 1–8 names, or `{ "anyOf": [1–8 of these] }`' },
);

const transform = z.string().refine(isTransform, {
  error:
    "must be `trim`, `lower_case`, `upper_case`, `nfc`, `first`, `unique`, `split:<separator>` or `strip_prefix:<text>`",
});

const defaultValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.string()),
  z.array(z.number()),
]);

/** Reads a {@link ClaimMapping} from untrusted JSON; unknown properties are refused. */
export const claimMappingSchema: z.ZodType<ClaimMapping> = z
  .strictObject({
    attribute: attributeName,
    jwtPath: claimPath,
    required: z.boolean().exactOptional(),
    default: defaultValue.exactOptional(),
    type: z.enum(attributeTypes).exactOptional(),
    transforms: z
      .array(transform)
      .max(maximumTransforms, { error: `must be at most ${maximumTransforms} transforms` })
      .exactOptional(),
  })
  .refine((mapping) => mapping.required !== true || mapping.default === undefined, {
    path: ["default"],
    error: "a required claim has no default",
  })
  .refine((mapping) => isUsableDefault(mapping.default, mapping.type), {
    path: ["default"],
    error: "must be of the mapping's `type` and within the limits of an attribute",
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
