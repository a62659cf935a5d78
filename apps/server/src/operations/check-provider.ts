import type { ProblemItem } from "@byot/api-contract";
import type { ProviderInput, WorkspaceInput } from "@byot/storage";
import {
  type KeyUrlRules,
  type TrustedIssuerProblem,
  validateTrustedIssuer,
} from "@byot/token-verifier";
import type { OperationProblem } from "./outcome.js";

/** The providers among which one is judged. A `WorkspaceConfiguration` has all of it. */
export interface ProvidersOfWorkspace {
  /** The workspace. */
  readonly workspace: Pick<WorkspaceInput, "id">;
  /** Its providers; one of the id that is judged is what it replaces. */
  readonly providers: readonly ProviderInput[];
}

/** What keeps a provider from being stored, or `undefined`. */
export function checkProvider(
  input: ProviderInput,
  { workspace, providers }: ProvidersOfWorkspace,
  keyUrlRules: KeyUrlRules,
): OperationProblem | undefined {
  const problem = checkSettings(input, workspace.id, keyUrlRules);
  if (problem !== undefined) {
    return problem;
  }
  const rival = providers.find(
    (other) => other.id !== input.id && vouchesForSameTokens(other, input),
  );
  return rival === undefined
    ? undefined
    : {
        code: "provider_issuer_duplicate",
        detail: `provider \`${rival.id}\` already accepts tokens of this issuer for one of these audiences`,
      };
}

/** What is wrong with the settings of a provider by themselves, or `undefined`. */
export function checkSettings(
  input: ProviderInput,
  workspaceId: string,
  keyUrlRules: KeyUrlRules,
): OperationProblem | undefined {
  const { name: _name, providerType: _type, claimMappings: _mappings, ...trusted } = input;
  return providerProblem(
    validateTrustedIssuer({ ...trusted, workspaceId, version: 0 }, keyUrlRules),
  );
}

/** The refusal of a provider with these problems; `undefined` when there are none. */
export function providerProblem(
  problems: readonly TrustedIssuerProblem[],
): OperationProblem | undefined {
  const [first] = problems;
  if (first === undefined) {
    return undefined;
  }
  const errors: readonly ProblemItem[] = problems.map(({ path, code, message }) => ({
    path: asSent(path),
    code,
    message,
  }));
  return { code: first.code, detail: first.message, errors };
}

// Keys are stored under one name and sent under others.
const sentPaths = [
  ["/keys/inline", "/jwks"],
  ["/keys/jwksUri", "/jwksUri"],
  ["/keys", "/issuer"],
] as const;

/** The place in a provider as it was sent, from the one in a provider as it is stored. */
export function asSent(path: string): string {
  const [stored, sent] = sentPaths.find(([prefix]) => path.startsWith(prefix)) ?? ["", ""];
  return sent + path.slice(stored.length);
}

function vouchesForSameTokens(first: ProviderInput, second: ProviderInput): boolean {
  return (
    overlap(issuersOf(first), issuersOf(second)) &&
    overlap(first.allowedAudiences, second.allowedAudiences)
  );
}

function overlap(some: readonly string[], others: readonly string[]): boolean {
  return some.some((each) => others.includes(each));
}

function issuersOf({ issuer, issuerAliases = [] }: ProviderInput): readonly string[] {
  return [issuer, ...issuerAliases];
}
