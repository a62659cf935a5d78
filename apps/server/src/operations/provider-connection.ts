import type { ConnectionAnswer, ProblemItem } from "@byot/api-contract";
import { checkIssuer, findPreset } from "@byot/provider-presets";
import type { ProviderInput, WorkspaceConfiguration } from "@byot/storage";
import { probeTrustedIssuer, type TrustedIssuerProblem } from "@byot/token-verifier";
import { asSent, checkProvider, providerProblem } from "./check-provider.js";
import type { OperationProblem } from "./outcome.js";
import type { Services } from "./services.js";

/** What fetching a provider's keys takes. */
export type ConnectionServices = Pick<Services, "keys" | "storage" | "keyUrlRules">;

/**
 * Fetches the keys of a provider that is about to be stored, and tells what keeps them from being used; `undefined`
 * when nothing does. A provider with keys of its own has nothing to fetch, and one that is disabled has to be storable
 * while its identity provider is down.
 */
export async function findConnectionProblem(
  services: ConnectionServices,
  input: ProviderInput,
  configuration: WorkspaceConfiguration,
): Promise<OperationProblem | undefined> {
  // What is wrong with its settings is told without reaching for the network.
  return checkProvider(input, configuration, services.keyUrlRules) === undefined
    ? findFetchProblem(services, input, configuration.workspace.id)
    : undefined;
}

/** As {@link findConnectionProblem}, of a provider whose settings are known to be good. */
export async function findFetchProblem(
  { keys }: Pick<ConnectionServices, "keys">,
  input: ProviderInput,
  workspaceId: string,
): Promise<OperationProblem | undefined> {
  return "inline" in input.keys || !input.enabled
    ? undefined
    : providerProblem(await probeTrustedIssuer({ ...input, workspaceId }, keys));
}

/** Fetches the keys of a provider and tells what there was, beside what was configured. */
export async function describeConnection(
  { keys }: Pick<ConnectionServices, "keys">,
  input: ProviderInput,
  workspaceId: string,
): Promise<ConnectionAnswer> {
  const candidate = { ...input, workspaceId };
  const problems = await probeTrustedIssuer(candidate, keys);
  const { jwksUri, keys: served, droppedKeys } = keys.status(candidate);
  return {
    ok: problems.length === 0,
    configured: {
      issuer: input.issuer,
      ...("jwksUri" in input.keys ? { jwksUri: input.keys.jwksUri } : {}),
    },
    found: {
      ...(jwksUri === undefined ? {} : { jwksUri }),
      keys: served.map(({ kid, algorithms }) => ({ ...named(kid), algorithms })),
      droppedKeys: droppedKeys.map(({ kid, reason }) => ({ ...named(kid), reason })),
    },
    problems: problems.map(asItem),
    warnings: warningsOf(input),
  };
}

/** What is unusual about the issuer for its product. With inline keys an issuer may be anything. */
function warningsOf({ providerType, issuer, keys }: ProviderInput): readonly ProblemItem[] {
  const preset = findPreset(providerType);
  const problem =
    preset === undefined || "inline" in keys ? undefined : checkIssuer(preset, issuer);
  return problem === undefined
    ? []
    : [{ path: "/issuer", code: problem.code, message: problem.message }];
}

function asItem({ path, code, message }: TrustedIssuerProblem): ProblemItem {
  return { path: asSent(path), code, message };
}

function named(kid: string | undefined): { readonly kid?: string } {
  return kid === undefined ? {} : { kid };
}
