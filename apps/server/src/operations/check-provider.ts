import type { ProblemItem } from "@byot/api-contract";
import type { ProviderInput, ProviderRecord, WorkspaceConfiguration } from "@byot/storage";
import { type KeyUrlRules, validateTrustedIssuer } from "@byot/token-verifier";
import type { OperationProblem } from "./outcome.js";

/** What keeps a provider from being stored, or `undefined`. */
export function checkProvider(
  input: ProviderInput,
  { workspace, providers }: WorkspaceConfiguration,
  keyUrlRules: KeyUrlRules,
): OperationProblem | undefined {
  const { name: _name, providerType: _type, claimMappings: _mappings, ...trusted } = input;
  const candidate = { ...trusted, workspaceId: workspace.id, version: 0 };
  const problems = validateTrustedIssuer(candidate, keyUrlRules);
  const [first] = problems;
  if (first !== undefined) {
    const errors: readonly ProblemItem[] = problems.map(({ path, code, message }) => ({
      path: asSent(path),
      code,
      message,
    }));
    return { code: first.code, detail: first.message, errors };
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

// Keys are stored under one name and sent under others.
const sentPaths = [
  ["/keys/inline", "/jwks"],
  ["/keys/jwksUri", "/jwksUri"],
  ["/keys", "/issuer"],
] as const;

function asSent(path: string): string {
  const [stored, sent] = sentPaths.find(([prefix]) => path.startsWith(prefix)) ?? ["", ""];
  return sent + path.slice(stored.length);
}

function vouchesForSameTokens(first: ProviderRecord, second: ProviderInput): boolean {
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
