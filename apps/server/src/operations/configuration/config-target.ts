import { setImmediate } from "node:timers/promises";
import type { ConfigDocument, PolicyFinding } from "@byot/api-contract";
import type { PolicyInput, ProviderInput } from "@byot/storage";
import type { KeyUrlRules } from "@byot/token-verifier";
import { checkProvider } from "../check-provider.js";
import { checkWorkspaceSettings } from "../check-workspace-settings.js";
import { done, type OperationProblem, type Outcome, refused } from "../outcome.js";
import { checkPermission } from "../permissions.js";
import { judgePolicy } from "../policy-findings.js";
import { readPolicy } from "../policy-thing.js";
import { problemWithin } from "../problem-within.js";
import { readProvider } from "../provider-document.js";
import { oversized } from "../quotas.js";
import { checkName } from "../resource-thing.js";
import type { ConfigInputs } from "./config-document.js";

/** What a workspace is to become. */
export interface ConfigTarget extends ConfigInputs {
  /** What is worth knowing about its policies; paths lead into the document. */
  readonly findings: readonly PolicyFinding[];
}

/** In which workspace a document is judged, and by which rules. */
export interface ConfigPlace {
  /** The workspace. */
  readonly workspaceId: string;
  /** Where keys may be fetched from. */
  readonly keyUrlRules: KeyUrlRules;
}

const mostFindings = 200;

/**
 * Judges a document by itself: what the workspace is today does not matter. Every mistake in it is told. Checks are
 * answered meanwhile, since the policies of a large workspace take seconds.
 */
export async function readConfigTarget(
  document: ConfigDocument,
  place: ConfigPlace,
): Promise<Outcome<ConfigTarget>> {
  const tooLarge = oversized(document);
  if (tooLarge !== undefined) {
    return refused(tooLarge);
  }
  const problems: OperationProblem[] = [];
  const note = (path: string, problem: OperationProblem | undefined): void => {
    if (problem !== undefined) {
      problems.push(problemWithin(path, problem));
    }
  };
  note("/workspace", checkWorkspaceSettings(document.workspace.settings));
  const providers = readProviders(document, place, note);
  document.resources.forEach(({ name }, index) => note(`/resources/${index}`, checkName(name)));
  const { policies, findings } = await readPolicies(document, providers, note);
  notePermissions(document, note);
  const { workspace, resources, permissions } = document;
  const [first] = problems;
  return first === undefined
    ? done({ workspace, providers, resources, policies, permissions, findings })
    : refused(together(first, problems));
}

function together(first: OperationProblem, all: readonly OperationProblem[]): OperationProblem {
  const errors = all.flatMap((problem) => problem.errors ?? []);
  const [shown] = errors;
  const detail = shown === undefined ? first.detail : `\`${shown.path}\`: ${shown.message}`;
  return { ...first, detail, errors };
}

type Note = (path: string, problem: OperationProblem | undefined) => void;

function readProviders(
  document: ConfigDocument,
  { workspaceId, keyUrlRules }: ConfigPlace,
  note: Note,
): readonly ProviderInput[] {
  const inputs: ProviderInput[] = [];
  document.providers.forEach(({ id, ...body }, index) => {
    const input = readProvider(id, body);
    if (input.ok) {
      const among = { workspace: { id: workspaceId }, providers: inputs };
      note(`/providers/${index}`, checkProvider(input.value, among, keyUrlRules));
      inputs.push(input.value);
    } else {
      note(`/providers/${index}`, input.problem);
    }
  });
  return inputs;
}

interface ReadPolicies {
  readonly policies: readonly PolicyInput[];
  readonly findings: readonly PolicyFinding[];
}

async function readPolicies(
  document: ConfigDocument,
  providers: readonly ProviderInput[],
  note: Note,
): Promise<ReadPolicies> {
  const policies: PolicyInput[] = [];
  const findings: PolicyFinding[] = [];
  for (const [index, policy] of document.policies.entries()) {
    const at = `/policies/${index}`;
    const input = readPolicy(policy);
    const judged = input.ok ? judgePolicy(input.value.document, providers) : input;
    note(at, judged.ok ? undefined : judged.problem);
    if (input.ok && judged.ok) {
      policies.push(input.value);
      findings.push(...judged.value.map((each) => ({ ...each, path: at + each.path })));
    }
    // oxlint-disable-next-line no-await-in-loop -- whoever else waits comes in between
    await setImmediate();
  }
  return { policies, findings: findings.slice(0, mostFindings) };
}

function notePermissions({ permissions, policies, resources }: ConfigDocument, note: Note): void {
  // By the names of the document: a policy with a mistake is no policy that is missing.
  const targets = { resources, policies: policies.map(({ name }) => ({ document: { name } })) };
  permissions.forEach((permission, index) => {
    note(`/permissions/${index}`, checkPermission(permission, targets));
  });
}
