import type { DataAnswer, NewPolicyAnswer, NewPolicyBody, Routes } from "@byot/api-contract";
import type { PermissionInput } from "@byot/storage";
import { changeWorkspace, type ChangePlanner } from "./change-workspace.js";
import { checkNewInput, describeWritten, thingOperations } from "./collection.js";
import type { ConfiguredThing } from "./configured-thing.js";
import type { Answered, OperationsOf } from "./operation.js";
import { done, refused } from "./outcome.js";
import { checkTarget, newPermissionId, permissionThing } from "./permissions.js";
import { policyThing, type PolicyTypes } from "./policy-thing.js";
import { policyVersionOperations } from "./policy-versions.js";
import { problemWithin } from "./problem-within.js";
import type { Services } from "./services.js";
import { writtenAnswer } from "./stored-answer.js";
import { validateDraft } from "./validate-draft.js";

/** The operations on policies; creating one can make its permissions in the same step. */
export function policyOperations(services: Services): OperationsOf<Routes["policies"]> {
  const thing = policyThing(services);
  return {
    ...thingOperations(services, thing),
    ...policyVersionOperations(services, thing),
    create: (invocation) =>
      changeWorkspace(services, invocation, planCreation(services, thing, invocation.body)),
    validate: validateDraft(services),
  };
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
    const checked = checkNewInput(thing, body, configuration);
    if (!checked.ok) {
      return checked;
    }
    for (const [index, target] of targets.entries()) {
      const problem = checkTarget(target, configuration);
      if (problem !== undefined) {
        return refused(problemWithin(`/appliesTo/${index}`, problem));
      }
    }
    const { input } = checked.value;
    return done({
      writes: [thing.put(input, null), ...targets.map((each) => permissions.put(each, null))],
      describe: (written) => ({
        answer: {
          data: {
            ...describeWritten(thing, checked.value, written),
            permissions: targets.map((each) => permissions.answer(each, writtenAnswer(written))),
          },
        },
        version: written.version,
      }),
    });
  };
}
