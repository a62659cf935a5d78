/** Decides what policies say about a request, and why. @module */
export { conditionFunctions } from "./conditions/condition-functions.js";
export { parsePolicy } from "./document/parse-policy.js";
export { policyNamePattern } from "./document/policy-document.js";
export { policyDocumentSchema, policySpecificationSchema } from "./document/policy-schemas.js";
export { policyJsonSchema } from "./document/policy-json-schema.js";
export { compilePolicies } from "./evaluation/compile-policies.js";
export { attributeSchemaFrom } from "./validation/attribute-schema.js";
export { validatePolicy } from "./validation/validate-policy.js";
export type { ConditionFunction } from "./conditions/condition-functions.js";
export type { AttributeReference } from "./conditions/attribute-reference.js";
export type {
  AttributeTypeName,
  ConditionOption,
  ExampleAttributes,
  FunctionDescription,
  FunctionExample,
  ValueTypeName,
} from "./conditions/function-description.js";
export type { AttributeInput, RequestAttributes } from "./conditions/request-attributes.js";
export type { Result } from "./document/parse-policy.js";
export type {
  CombiningAlgorithm,
  Condition,
  ConditionValue,
  Effect,
  GroupCondition,
  GroupFunctionName,
  LeafCondition,
  LeafFunctionName,
  OnMissing,
  PolicyDefault,
  PolicyDocument,
  PolicyNotice,
  PolicyRule,
  PolicySpecification,
  Quantifier,
  ScheduleWindow,
} from "./document/policy-document.js";
export type { PolicyProblem, PolicyProblemCode } from "./document/policy-problem.js";
export type { CompileOptions, DecideOptions, DecisionPlan } from "./evaluation/compile-policies.js";
export type { ConsultedAttribute } from "./evaluation/consulted-attributes.js";
export type { PolicyVersion } from "./evaluation/compiled-policy.js";
export type {
  ConditionError,
  ConditionErrorCode,
  DecisionReason,
  DecisionResult,
  DeterminingRule,
  Notice,
} from "./evaluation/decision-result.js";
export type { AttributeOrigin } from "./explanation/attribute-origin.js";
export type { ConditionChange, NearestMiss } from "./explanation/nearest-miss.js";
export type { TraceNode, TraceValue } from "./explanation/trace-node.js";
export type { PermissionGrant } from "./evaluation/permission-index.js";
export type { OrderedTypeName, ScalarTypeName } from "./values/scalar-types.js";
export type { Weekday } from "./values/weekday.js";
export type {
  AttributeDescription,
  AttributeSchema,
  MappedAttribute,
  SchemaTypeName,
} from "./validation/attribute-schema.js";
export type { Finding, FindingSeverity, PolicyHintCode } from "./validation/finding.js";
