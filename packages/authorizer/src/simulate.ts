import {
  type AttributeInput,
  compilePolicies,
  type DecisionPlan,
  type PolicyDocument,
  type RequestAttributes,
} from "@byot/policy-engine";
import { readAttributeInput } from "./attribute-input.js";
import { denied, refusedWithoutPolicy, type Verdict } from "./decide.js";
import { setCircumstances } from "./request-attributes.js";
import { isReservedResource } from "./reserved-resources.js";
import type { Simulation, SimulationRequest } from "./simulation.js";
import type { WorkspaceSnapshot } from "./snapshots/workspace-snapshot.js";

/**
 * Decides on given attributes, explains the answer and records nothing.
 *
 * @throws TypeError when two drafts have the same name, or one did not come out of `parsePolicy`.
 */
export function simulate(
  snapshot: WorkspaceSnapshot,
  request: SimulationRequest,
  now: Date,
): Simulation {
  const { resource = "", action = "", context = {}, revealValues = false } = request;
  const named = givenAttributes(snapshot, request, now);
  const attributes = { resource, action, named, metadata: context };
  const { plan, refusal } = choosePlan(snapshot, attributes, request.policies);
  const verdict: Verdict =
    refusal === undefined
      ? plan.decide(attributes, {
          explain: true,
          revealValues,
          leaveOpen: request.policies !== undefined,
        })
      : denied(refusal);
  return { ...verdict, revision: snapshot.revision, evaluatedAt: now };
}

function choosePlan(
  snapshot: WorkspaceSnapshot,
  asked: RequestAttributes,
  drafts: readonly PolicyDocument[] | undefined,
): { readonly plan: DecisionPlan; readonly refusal: Verdict["reason"] | undefined } {
  if (drafts === undefined) {
    return { plan: snapshot.plan, refusal: refusedWithoutPolicy(snapshot, asked) };
  }
  const plan = compilePolicies(
    drafts.map(({ name }) => ({ resource: "*", actions: ["*"], priority: 0, policyId: name })),
    drafts.map((document) => ({ id: document.name, version: 0, document })),
    { timeZone: snapshot.settings.timeZone },
  );
  // Drafts may be meant for a resource that is not there yet, but never for one that is closed to policies.
  const refusal = isReservedResource(asked.resource) ? "admin_resource_forbidden" : undefined;
  return { plan, refusal };
}

function givenAttributes(
  snapshot: WorkspaceSnapshot,
  { attributes, ipAddress: ip }: SimulationRequest,
  now: Date,
): ReadonlyMap<string, AttributeInput> {
  const named = new Map<string, AttributeInput>([["is_external_principal", true]]);
  for (const [name, value] of Object.entries(attributes)) {
    const input = readAttributeInput(value);
    if (input !== undefined) {
      named.set(name, input);
    }
  }
  const address = ip === undefined ? undefined : ({ ip, origin: "caller" } as const);
  return setCircumstances(named, snapshot, { now, address });
}
