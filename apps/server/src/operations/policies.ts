import type {
  DataAnswer,
  NewPolicyAnswer,
  NewPolicyBody,
  NoParameters,
  PolicyAnswer,
  PolicyBody,
  WorkspacePath,
} from "@byot/api-contract";
import { parsePolicy } from "@byot/policy-engine";
import type { PermissionInput, PolicyInput } from "@byot/storage";
import { changeWorkspace, type ChangePlanner } from "./change-workspace.js";
import {
  checkedNewInput,
  describeWritten,
  type ThingOperations,
  thingOperations,
} from "./collection.js";
import type { ConfiguredThing } from "./configured-thing.js";
import type { Answered, Operation } from "./operation.js";
import { done, type OperationProblem, type Outcome, refused } from "./outcome.js";
import { checkTarget, newPermissionId, permissionThing } from "./permissions.js";
import { checkPolicy, invalidPolicy, policyFindings } from "./policy-findings.js";
import { checkPolicyReferences } from "./references.js";
import type { Services } from "./services.js";
import { writtenAnswer } from "./stored-answer.js";

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

/** The operations on policies; creating one can make its permissions in the same step. */
export interface PolicyOperations extends Omit<ThingOperations<PolicyTypes>, "create"> {
  /** Creates a policy and the permissions of its `appliesTo`. */
  readonly create: Operation<
    WorkspacePath,
    NoParameters,
    NewPolicyBody,
    DataAnswer<NewPolicyAnswer>
  >;
}

/** The operations on policies. */
export function policyOperations(services: Services): PolicyOperations {
  const thing = policyThing(services);
  return {
    ...thingOperations(services, thing),
    create: (invocation) =>
      changeWorkspace(services, invocation, planCreation(services, thing, invocation.body)),
  };
}

function policyThing({ storage }: Services): ConfiguredThing<PolicyTypes> {
  return {
    kind: "policy",
    unknownCode: "policy_unknown",
    store: storage.policies,
    find: ({ policies }, key) => policies.find(({ document }) => document.name === key),
    keyOf: ({ document }) => document.name,
    fromNewBody: ({ appliesTo: _, ...document }) => readPolicy(document),
    fromBody: readReplacement,
    check: ({ document }, configuration) => checkPolicy(document, configuration),
    checkDeletion: checkPolicyReferences,
    put: (value, expectedVersion) => ({ operation: "put", kind: "policy", value, expectedVersion }),
    answer: ({ document }, stored) => ({ ...document, ...stored }),
    remarks: ({ document }, configuration) => ({
      findings: policyFindings(document, configuration),
    }),
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

function readPolicy(document: unknown): Outcome<PolicyInput> {
  const parsed = parsePolicy(document);
  return parsed.ok ? done({ document: parsed.value }) : refused(invalidPolicy(parsed.error));
}

function planCreation(
  services: Services,
  thing: ConfiguredThing<PolicyTypes>,
  body: NewPolicyBody,
): ChangePlanner<Answered<DataAnswer<NewPolicyAnswer>>> {
  const permissions = permissionThing(services);
  const targets: readonly PermissionInput[] = body.appliesTo.map((target) => ({
    ...target,
    id: newPermissionId(services.createId),
    policy: body.name,
  }));
  return (configuration) => {
    const input = checkedNewInput(thing, body, configuration);
    if (!input.ok) {
      return input;
    }
    for (const [index, target] of targets.entries()) {
      const problem = checkTarget(target, configuration);
      if (problem !== undefined) {
        return refused(within(`/appliesTo/${index}`, problem));
      }
    }
    return done({
      writes: [thing.put(input.value, null), ...targets.map((each) => permissions.put(each, null))],
      describe: (written) => ({
        answer: {
          data: {
            ...describeWritten(thing, input.value, { written, configuration }),
            permissions: targets.map((each) => permissions.answer(each, writtenAnswer(written))),
          },
        },
        version: written.version,
      }),
    });
  };
}

function within(path: string, problem: OperationProblem): OperationProblem {
  const { errors = [] } = problem;
  return { ...problem, errors: errors.map((each) => ({ ...each, path: path + each.path })) };
}
