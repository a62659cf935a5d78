import type { PolicyFinding } from "@byot/api-contract";
import {
  type AttributeSchema,
  attributeSchemaFrom,
  type Finding,
  type PolicyDocument,
  validatePolicy,
} from "@byot/policy-engine";
import type { ProviderInput } from "@byot/storage";
import { done, type OperationProblem, type Outcome, refused } from "./outcome.js";

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

/** What is worth knowing about a well-formed policy, or what keeps it from being stored. */
export function judgePolicy(
  document: PolicyDocument,
  providers: readonly Pick<ProviderInput, "claimMappings">[],
): Outcome<readonly PolicyFinding[]> {
  const findings = validatePolicy(document, attributesOf(providers));
  const errors = findings.filter(({ severity }) => severity === "error");
  return errors.length === 0
    ? done(findings.slice(0, mostFindings).map(describeFinding))
    : refused(invalidPolicy(errors));
}

/** All that is to be known about a draft, errors first. */
export function findInDraft(
  draft: unknown,
  providers: readonly Pick<ProviderInput, "claimMappings">[],
): readonly PolicyFinding[] {
  return validatePolicy(draft, attributesOf(providers)).map(describeFinding);
}

function attributesOf(providers: readonly Pick<ProviderInput, "claimMappings">[]): AttributeSchema {
  return attributeSchemaFrom(...providers.map(({ claimMappings }) => claimMappings));
}

function describeFinding(finding: Finding): PolicyFinding {
  const { path, code, severity, message, suggestion } = finding;
  return { path, code, severity, message, ...(suggestion === undefined ? {} : { suggestion }) };
}
