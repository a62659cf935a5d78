import type { NewPolicyBody, PolicyAnswer, PolicyBody } from "@byot/api-contract";
import { parsePolicy } from "@byot/policy-engine";
import type { PolicyInput } from "@byot/storage";
import type { ConfiguredThing } from "./configured-thing.js";
import { done, type Outcome, refused } from "./outcome.js";
import { invalidPolicy, judgePolicy } from "./policy-findings.js";
import { checkPolicyReferences } from "./references.js";
import type { Services } from "./services.js";

/** The types a policy goes through. */
export interface PolicyTypes {
  /** What creates one. */
  readonly newBody: NewPolicyBody;
  /** What replaces one. */
  readonly body: PolicyBody;
  /** What is written. */
  readonly input: PolicyInput;
  /** What is answered. */
  readonly answer: PolicyAnswer;
}

/** What is particular to policies. */
export function policyThing({ storage }: Pick<Services, "storage">): ConfiguredThing<PolicyTypes> {
  return {
    kind: "policy",
    unknownCode: "policy_unknown",
    store: storage.policies,
    find: ({ policies }, key) => policies.find(({ document }) => document.name === key),
    keyOf: ({ document }) => document.name,
    fromNewBody: ({ appliesTo: _, ...document }) => readPolicy(document),
    fromBody: readReplacement,
    check: ({ document }, { providers }) => {
      const findings = judgePolicy(document, providers);
      return findings.ok ? done({ findings: findings.value }) : findings;
    },
    checkDeletion: checkPolicyReferences,
    put: (value, expectedVersion) => ({ operation: "put", kind: "policy", value, expectedVersion }),
    answer: ({ document }, stored) => ({ ...document, ...stored }),
  };
}

function readReplacement(name: string, body: PolicyBody): Outcome<PolicyInput> {
  if (body.name !== undefined && body.name !== name) {
    const message = `must be \`${name}\`, the name in the path`;
    return refused({
      code: "request_invalid",
      detail: `\`name\` ${message}`,
      errors: [{ path: "/name", code: "name_mismatch", message }],
    });
  }
  return readPolicy({ ...body, name });
}

/** The policy to store, from one that nobody has read yet. */
export function readPolicy(document: unknown): Outcome<PolicyInput> {
  const parsed = parsePolicy(document);
  return parsed.ok ? done({ document: parsed.value }) : refused(invalidPolicy(parsed.error));
}
