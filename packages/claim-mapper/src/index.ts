/** Turns the claims of a verified token into named policy attributes. @module */
export { compileClaimMapper, mapClaims, policyAttributeName } from "./claim-mapper.js";
export { claimMappingSchema, claimMappingsSchema } from "./claim-mapping.js";
export type {
  AttributeValue,
  DefaultValue,
  InvalidAttribute,
  InvalidReason,
} from "./attribute-value.js";
export type { ClaimMapper, Claims, MappedClaims } from "./claim-mapper.js";
export type { ClaimMapping } from "./claim-mapping.js";
export type { MappingProblem, ProblemCode } from "./mapping-problem.js";
