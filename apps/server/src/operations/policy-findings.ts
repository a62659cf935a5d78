import type { PolicyFinding } from "@byot/api-contract";
import {
  attributeSchemaFrom,
  type Finding,
  type PolicyDocument,
  validatePolicy,
} from "@byot/policy-engine";
import type { WorkspaceConfiguration } from "@byot/storage";
import type { OperationProblem } from "./outcome.js";

type Described = Pick<Finding, "path" | "code" | "message" | "suggestion">;

const mostFindings = 50;

/** The problem of a policy that must not be stored. */
export function invalidPolicy(problems: readonly Described[]): OperationProblem {
  const errors = problems.map(({ path, code, message, suggestion }) => ({
    path,
    code,
    message: suggestion === undefined ? message : `${message}; did you mean \`${suggestion}\`?`,
  }));
  const [first] = errors;
  const detail =
    first === undefined ? "the policy is invalid" : `\`${first.path}\` ${first.message}`;
  return { code: "policy_invalid", detail, errors };
}

/** What keeps a well-formed policy from being stored: attributes read at a type they do not have. */
export function checkPolicy(
  document: PolicyDocument,
  configuration: WorkspaceConfiguration,
): OperationProblem | undefined {
  const errors = findIn(document, configuration).filter(({ severity }) => severity === "error");
  return errors.length === 0 ? undefined : invalidPolicy(errors);
}

/** What is worth knowing about a policy that is stored all the same, such as an attribute that no provider maps. */
export function policyFindings(
  document: PolicyDocument,
  configuration: WorkspaceConfiguration,
): readonly PolicyFinding[] {
  return findIn(document, configuration)
    .flatMap(({ path, code, severity, message }) =>
      severity === "error" ? [] : [{ path, code, severity, message }],
    )
    .slice(0, mostFindings);
}

function findIn(
  document: PolicyDocument,
  { providers }: WorkspaceConfiguration,
): readonly Finding[] {
  return validatePolicy(
    document,
    attributeSchemaFrom(...providers.map(({ claimMappings }) => claimMappings)),
  );
}
