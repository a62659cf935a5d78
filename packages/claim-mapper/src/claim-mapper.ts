import { type AttributeValue, type InvalidAttribute, isInvalid } from "./attribute-value.js";
import { type ClaimMapping, claimMappingsSchema } from "./claim-mapping.js";
import { alternativesOf, type ClaimPath, type ClaimPathSource } from "./claim-path.js";
import { type ClaimLookup, findClaim } from "./find-claim.js";
import { describeProblem, type MappingProblem } from "./mapping-problem.js";
import { parseClaimPath } from "./parse-claim-path.js";
import { readClaimValue } from "./read-claim-value.js";
import {
  applyTransforms,
  type CompiledTransform,
  compileTransform,
  isFailure,
} from "./transform.js";

/** The claims of a verified token, or any other JSON object. */
export type Claims = Readonly<Record<string, unknown>>;

/** What came out of a token. */
export interface MappedClaims {
  /**
   * Attributes by the name policies read them under, prefix included: `ext_plan`. One that is missing
   * and has no default is not in it.
   */
  readonly attributes: ReadonlyMap<string, AttributeValue | InvalidAttribute>;
  /** Every mapping that gave no value, in the order of the mappings. */
  readonly problems: readonly MappingProblem[];
}

/** Mappings ready for any number of tokens. */
export interface ClaimMapper {
  /** Reads the mapped claims of one token. Never throws on JSON. */
  readonly map: (claims: Claims) => MappedClaims;
}

/** Maps the claims of one token; for many, compile the mappings once. */
export function mapClaims(claims: Claims, mappings: readonly ClaimMapping[]): MappedClaims {
  return compileClaimMapper(mappings).map(claims);
}

/**
 * Parses paths and transforms once.
 *
 * @throws TypeError when {@link claimMappingsSchema} refuses the mappings.
 */
export function compileClaimMapper(mappings: readonly ClaimMapping[]): ClaimMapper {
  const compiled = checkMappings(mappings).map(compileMapping);
  return {
    map(claims) {
      const attributes = new Map<string, AttributeValue | InvalidAttribute>();
      const problems: MappingProblem[] = [];
      for (const each of compiled) {
        const { value, problem } = readClaim(each, claims);
        if (value !== undefined) {
          attributes.set(each.name, value);
        }
        if (problem !== undefined) {
          problems.push(problem);
        }
      }
      return { attributes, problems };
    },
  };
}

/** The name under which policies read a mapped attribute: `ext_plan` for `plan`. */
export function policyAttributeName(attribute: string): string {
  return `ext_${attribute}`;
}

interface CompiledMapping {
  readonly mapping: ClaimMapping;
  readonly name: string;
  readonly paths: readonly ClaimPath[];
  readonly transforms: readonly CompiledTransform[];
}

interface ClaimReading {
  readonly value?: AttributeValue | InvalidAttribute;
  readonly problem?: MappingProblem;
}

function compileMapping(mapping: ClaimMapping): CompiledMapping {
  return {
    mapping,
    name: policyAttributeName(mapping.attribute),
    paths: parsePaths(mapping.jwtPath),
    transforms: (mapping.transforms ?? []).map(compileTransform),
  };
}

function parsePaths(source: ClaimPathSource): readonly ClaimPath[] {
  return alternativesOf(source).map((way) => {
    const parsed = parseClaimPath(way);
    if (!parsed.ok) {
      // INVARIANT: the schema has parsed every path before.
      throw new TypeError(parsed.error);
    }
    return parsed.value;
  });
}

function readClaim(compiled: CompiledMapping, claims: Claims): ClaimReading {
  const { mapping, paths, transforms } = compiled;
  const lookup = findClaim(paths, claims);
  const claim = applyTransforms(transforms, lookup.claim);
  if (claim === undefined) {
    return readAbsent(compiled, lookup);
  }
  const value = isFailure(claim) ? claim : readClaimValue(claim, mapping.type);
  return isInvalid(value)
    ? { value, problem: describeProblem(mapping, lookup, value.invalid) }
    : { value };
}

function readAbsent({ mapping }: CompiledMapping, lookup: ClaimLookup): ClaimReading {
  return mapping.default === undefined
    ? { problem: describeProblem(mapping, lookup) }
    : { value: readClaimValue(mapping.default, mapping.type) };
}

function checkMappings(mappings: readonly ClaimMapping[]): readonly ClaimMapping[] {
  const checked = claimMappingsSchema.safeParse(mappings);
  if (checked.success) {
    return checked.data;
  }
  const [issue] = checked.error.issues;
  throw new TypeError(`invalid claim mappings: ${issue?.path.join(".")}: ${issue?.message}`);
}
