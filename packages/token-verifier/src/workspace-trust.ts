import type { TrustedIssuer } from "./trusted-issuer.js";

/**
 * Whom a workspace trusts, at one revision of its configuration.
 *
 * Immutable. Made from the same configuration snapshot as the mappings and policies that a verified token
 * meets afterwards, so that a check never mixes two revisions.
 */
export interface WorkspaceTrust {
  /** The workspace. */
  readonly workspaceId: string;
  /** The revision of the configuration. */
  readonly revision: number;
  /**
   * The enabled providers that vouch for tokens with exactly this `iss`, in order of creation; empty when
   * there is none.
   */
  candidates(issuer: string): readonly TrustedIssuer[];
}

/**
 * Makes the trust of a workspace from its providers, given in order of creation.
 *
 * The providers are copied and frozen: changing them afterwards changes nothing here.
 *
 * @throws TypeError when a provider belongs to another workspace or an id occurs twice.
 */
export function createWorkspaceTrust(
  workspaceId: string,
  revision: number,
  issuers: readonly TrustedIssuer[],
): WorkspaceTrust {
  assertOneWorkspace(workspaceId, issuers);
  const byIssuer = indexByIssuer(issuers.filter(({ enabled }) => enabled));
  return Object.freeze({
    workspaceId,
    revision,
    candidates: (issuer: string) => byIssuer.get(issuer) ?? none,
  });
}

const none: readonly TrustedIssuer[] = Object.freeze([]);

function indexByIssuer(
  providers: readonly TrustedIssuer[],
): ReadonlyMap<string, readonly TrustedIssuer[]> {
  const byIssuer = new Map<string, readonly TrustedIssuer[]>();
  for (const provider of providers) {
    const copy = deepFreeze(structuredClone(provider));
    for (const spelling of new Set([copy.issuer, ...(copy.issuerAliases ?? [])])) {
      byIssuer.set(spelling, Object.freeze([...(byIssuer.get(spelling) ?? []), copy]));
    }
  }
  return byIssuer;
}

function assertOneWorkspace(workspaceId: string, issuers: readonly TrustedIssuer[]): void {
  const ids = new Set<string>();
  for (const provider of issuers) {
    if (provider.workspaceId !== workspaceId) {
      throw new TypeError(
        `provider \`${provider.id}\` belongs to workspace \`${provider.workspaceId}\`, not to \`${workspaceId}\``,
      );
    }
    if (ids.has(provider.id)) {
      throw new TypeError(`provider id \`${provider.id}\` occurs twice`);
    }
    ids.add(provider.id);
  }
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
