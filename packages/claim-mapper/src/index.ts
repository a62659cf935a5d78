/** Turns the claims of a verified token into named policy attributes. @module */
export { attributeTypes } from "./attribute-type.js";
export { compileClaimMapper, mapClaims, policyAttributeName } from "./claim-mapper.js";
export { claimMappingSchema, claimMappingsSchema } from "./claim-mapping.js";
export { lintClaimMappings } from "./lint-claim-mappings.js";
export { mappedAttributes } from "./mapped-attributes.js";
export type { AttributeType } from "./attribute-type.js";
export type {
  AttributeValue,
  DefaultValue,
  InvalidAttribute,
  InvalidReason,
} from "./attribute-value.js";
export type { ClaimMapper, Claims, MappedClaims } from "./claim-mapper.js";
export type { ClaimMapping } from "./claim-mapping.js";
export type { ClaimPathAlternative, ClaimPathSource } from "./claim-path.js";
export type { MappingFinding, MappingFindingCode } from "./lint-claim-mappings.js";
export type { MappedAttribute } from "./mapped-attributes.js";
export type { MappingProblem, ProblemCode } from "./mapping-problem.js";
export type { Transform } from "./transform.js";
