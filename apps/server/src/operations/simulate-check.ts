import type { PolicyDraft, Routes, SimulationAnswer, SimulationRequest } from "@byot/api-contract";
import type { Simulation, SimulationRequest as Simulated } from "@byot/authorizer";
import type { PolicyDocument } from "@byot/policy-engine";
import type { ProviderRecord } from "@byot/storage";
import { mayReadValues } from "./check-rights.js";
import { describeExplanation, describeObligations, describeReason } from "./describe-decision.js";
import { existingWorkspace } from "./existing-workspace.js";
import { everyPage } from "./every-page.js";
import { describeDetermining, describeErrors } from "./explanation.js";
import type { OperationOf } from "./operation.js";
import { done, type Outcome, refused } from "./outcome.js";
import { judgePolicy } from "./policy-findings.js";
import { readPolicy } from "./policy-thing.js";
import { problemWithin } from "./problem-within.js";
import type { Services } from "./services.js";

/** Says what would be decided on given attributes, and why. Drafts have to be such as could be stored. */
export function simulateCheck(
  services: Pick<Services, "authorizer" | "storage">,
): OperationOf<Routes["decisions"]["simulate"]> {
  return async ({ path, body, apiKey }) => {
    const drafts = await readDrafts(services, path.workspace, body.policies);
    if (!drafts.ok) {
      return drafts;
    }
    const simulated = await services.authorizer.simulate({
      ...requestOf(body),
      workspaceId: path.workspace,
      revealValues: mayReadValues(apiKey),
      ...(drafts.value === undefined ? {} : { policies: drafts.value }),
    });
    return simulated.ok
      ? done({ answer: { data: describe(simulated.value, body) } })
      : refused(simulated.error);
  };
}

function requestOf({
  policies: _policies,
  currentTime,
  ...same
}: SimulationRequest): Omit<Simulated, "workspaceId" | "policies"> {
  return { ...same, ...(currentTime === undefined ? {} : { currentTime: new Date(currentTime) }) };
}

async function readDrafts(
  { storage }: Pick<Services, "storage">,
  workspaceId: string,
  drafts: readonly PolicyDraft[] | undefined,
): Promise<Outcome<readonly PolicyDocument[] | undefined>> {
  if (drafts === undefined) {
    return done(undefined);
  }
  const workspace = await existingWorkspace(storage, workspaceId);
  if (!workspace.ok) {
    return workspace;
  }
  const providers: ProviderRecord[] = [];
  for await (const page of everyPage((request) => storage.providers.list(workspaceId, request))) {
    providers.push(...page);
  }
  const documents: PolicyDocument[] = [];
  for (const [index, draft] of drafts.entries()) {
    const document = readDraft(draft, providers);
    if (!document.ok) {
      return refused(problemWithin(`/policies/${index}`, document.problem));
    }
    documents.push(document.value);
  }
  return done(documents);
}

function readDraft(
  draft: PolicyDraft,
  providers: readonly ProviderRecord[],
): Outcome<PolicyDocument> {
  const read = readPolicy(draft);
  if (!read.ok) {
    return read;
  }
  const findings = judgePolicy(read.value.document, providers);
  return findings.ok ? done(read.value.document) : findings;
}

function describe(
  simulation: Simulation,
  { resource = "", action = "" }: Pick<SimulationRequest, "resource" | "action">,
): SimulationAnswer {
  return {
    allowed: simulation.allowed,
    decision: simulation.decision,
    ...(simulation.indeterminate === undefined ? {} : { indeterminate: simulation.indeterminate }),
    reason: describeReason(simulation.reason),
    revision: simulation.revision,
    evaluatedAt: simulation.evaluatedAt.toISOString(),
    determining: describeDetermining(simulation.determining),
    errors: describeErrors(simulation.errors),
    missing: simulation.missing,
    obligations: describeObligations(simulation.obligations),
    explanation: describeExplanation(simulation, { resource, action }),
  };
}
