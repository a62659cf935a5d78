import type { InvalidReason } from "./attribute-value.js";
import type { ClaimMapping } from "./claim-mapping.js";
import { type ClaimPathSource, renderPathSource } from "./claim-path.js";
import type { ClaimLookup } from "./find-claim.js";
import { isObject } from "./own-property.js";

/** Whether the claim of a mapping is absent (or `null`), or there but unusable. */
export type ProblemCode = "claim_missing" | "claim_invalid";

/** A mapping that gave no value for a token. */
export interface MappingProblem {
  /** What is wrong. */
  readonly code: ProblemCode;
  /** The mapping's attribute, without prefix. */
  readonly attribute: string;
  /** The mapping's path, as it was configured. */
  readonly jwtPath: ClaimPathSource;
  /** Whether the mapping requires the claim, so that the token has to be refused. */
  readonly required: boolean;
  /** Why the claim is unusable; absent when it is missing. */
  readonly reason?: InvalidReason;
  /**
   * The segments that did resolve, from the top, as a path writes them. Of several alternatives or branches the one
   * that came deepest is told of.
   */
  readonly resolved: readonly string[];
  /** At most 64 names present where the path ended, in the token's order; never a value. */
  readonly presentKeys: readonly string[];
  /** What is wrong, in one line for people; tells nothing of the token but that. */
  readonly message: string;
}

const maximumKeys = 64;

/** Describes a mapping that gave no value. */
export function describeProblem(
  { attribute, jwtPath, required = false }: ClaimMapping,
  { resolved, reached }: ClaimLookup,
  reason?: InvalidReason,
): MappingProblem {
  const subject = `claim \`${renderPathSource(jwtPath)}\` for attribute \`${attribute}\``;
  const outcome =
    reason === undefined
      ? ({ code: "claim_missing", message: `${subject} is missing` } as const)
      : ({
          code: "claim_invalid",
          reason,
          message: `${subject} is unusable: ${wordings[reason]}`,
        } as const);
  return { ...outcome, attribute, jwtPath, required, resolved, presentKeys: keysOf(reached) };
}

const wordings = {
  unsupported_type: "neither a string, number, boolean nor an array of strings or numbers",
  wrong_type: "not of the type its mapping declares or its transforms take",
  mixed_set: "an array of values of different kinds, or of arrays or booleans",
  string_too_long: "a string of more than 1,024 characters",
  set_too_large: "an array of more than 256 elements",
  unsafe_integer: "an integer beyond ±9007199254740991, which has lost digits",
  date_out_of_range: "a time outside the years 1970 to 9999",
} as const satisfies Record<InvalidReason, string>;

function keysOf(reached: unknown): readonly string[] {
  return isObject(reached) ? Object.keys(reached).slice(0, maximumKeys) : [];
}
