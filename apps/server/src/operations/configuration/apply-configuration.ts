import type {
  ConfigDocument,
  ConfigPlan,
  ConfigWriteQuery,
  DataAnswer,
  Routes,
  WorkspacePath,
} from "@byot/api-contract";
import type { ProviderInput, WorkspaceConfiguration } from "@byot/storage";
import { hasScope } from "../../access/granted-scopes.js";
import { changeWorkspace, type PlannedChange } from "../change-workspace.js";
import { staleVersion } from "../collection.js";
import { unknownWorkspace } from "../existing-workspace.js";
import { missingScope } from "../missing-scope.js";
import type { Answered, Invocation, OperationOf } from "../operation.js";
import { done, type OperationProblem, type Outcome, refused } from "../outcome.js";
import { problemWithin } from "../problem-within.js";
import { findFetchProblem } from "../provider-connection.js";
import { exceededQuota } from "../quotas.js";
import type { Services } from "../services.js";
import { type ConfigChanges, configChanges, writtenProviders } from "./config-changes.js";
import { readConfigTarget } from "./config-target.js";

type ApplyInvocation = Invocation<WorkspacePath, ConfigWriteQuery, ConfigDocument>;
type Planned = PlannedChange<Answered<DataAnswer<ConfigPlan>>>;

/**
 * Makes a workspace what a document says, all of it or nothing, or says what that would change. Nothing is fetched
 * before the document is known to be good.
 */
export function applyConfiguration(
  services: Services,
): OperationOf<Routes["configuration"]["apply"]> {
  return async (invocation) => {
    const { path, body, query } = invocation;
    const configuration = await services.storage.readConfiguration(path.workspace);
    if (configuration === undefined) {
      return refused(unknownWorkspace(path.workspace));
    }
    const changes = await judge(services, invocation, configuration);
    if (!changes.ok) {
      return changes;
    }
    const problem = query.skipConnectionTest
      ? undefined
      : await findUnreachable(services, changes.value.changes, path.workspace);
    if (problem !== undefined) {
      const { provider, ...rest } = problem;
      return refused(problemWithin(placeOf(provider, body), rest));
    }
    // The revision that it was judged on is the only one that it may be applied to.
    return changeWorkspace(services, invocation, ({ revision }) =>
      revision === configuration.revision
        ? done(plan(changes.value, query))
        : refused(staleVersion(invocation.expectedVersion, revision)),
    );
  };
}

interface Judged extends Pick<ConfigPlan, "findings"> {
  readonly changes: ConfigChanges;
}

async function judge(
  services: Services,
  { path, body, apiKey, expectedVersion }: ApplyInvocation,
  configuration: WorkspaceConfiguration,
): Promise<Outcome<Judged>> {
  if (configuration.revision !== expectedVersion) {
    return refused(staleVersion(expectedVersion, configuration.revision));
  }
  const { keyUrlRules } = services;
  const target = await readConfigTarget(body, { workspaceId: path.workspace, keyUrlRules });
  if (!target.ok) {
    return target;
  }
  const changes = configChanges(services, configuration, target.value);
  const { writes } = changes;
  const mayChangeWorkspace = apiKey !== undefined && hasScope(apiKey, "workspaces:write");
  if (!mayChangeWorkspace && writes.some(({ kind }) => kind === "workspace")) {
    return refused(missingScope("workspaces:write"));
  }
  const exceeded = exceededQuota(configuration, writes);
  return exceeded === undefined
    ? done({ changes, findings: target.value.findings })
    : refused(exceeded);
}

function plan({ changes, findings }: Judged, { dryRun }: ConfigWriteQuery): Planned {
  const { writes, created, changed, deleted } = changes;
  return {
    writes: dryRun ? [] : writes,
    describe: ({ version }) => ({
      answer: {
        data: { applied: !dryRun, version, created, changed, deleted, findings },
      },
      version,
    }),
  };
}

/** What keeps the keys of a provider from being had. */
interface Unreachable extends OperationProblem {
  readonly provider: string;
}

const fetchesAtOnce = 8;

async function findUnreachable(
  services: Services,
  changes: ConfigChanges,
  workspaceId: string,
): Promise<Unreachable | undefined> {
  const providers = writtenProviders(changes);
  const probe = async (input: ProviderInput): Promise<Unreachable | undefined> => {
    const problem = await findFetchProblem(services, input, workspaceId);
    return problem && { ...problem, provider: input.id };
  };
  for (let start = 0; start < providers.length; start += fetchesAtOnce) {
    const some = providers.slice(start, start + fetchesAtOnce);
    // oxlint-disable-next-line no-await-in-loop -- all at once would crowd out the fetches that checks wait for
    const problems = await Promise.all(some.map(probe));
    const problem = problems.find((each) => each !== undefined);
    if (problem !== undefined) {
      return problem;
    }
  }
  return undefined;
}

function placeOf(provider: string, { providers }: ConfigDocument): string {
  return `/providers/${providers.findIndex(({ id }) => id === provider)}`;
}
