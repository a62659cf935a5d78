import type { ProviderRecord } from "@byot/storage";
import type { DiagnosisFinding } from "./diagnosis.js";
import { type Evidence, named, quoted } from "./evidence.js";

/** Tells a slash, another tenant and another provider from an issuer that nobody knows. */
export function explainIssuer(evidence: Evidence): DiagnosisFinding {
  const { claims, provider, others } = evidence;
  const { iss } = claims;
  if (typeof iss !== "string") {
    return issuerMissing;
  }
  if (spellingsOf(provider).includes(iss)) {
    return disabled(provider);
  }
  const owner = others.find((other) => spellingsOf(other).includes(iss));
  return owner === undefined ? explainStranger(evidence, iss) : ofOther(owner, provider);
}

const issuerMissing: DiagnosisFinding = {
  kind: "issuer_missing",
  cause: "the token has no claim `iss`, so that nobody can tell whose it is",
  fix: "have the identity provider put `iss` into its tokens",
};

function disabled(provider: ProviderRecord): DiagnosisFinding {
  return {
    kind: "provider_disabled",
    cause: `${named(provider)} is disabled`,
    fix: `set \`enabled\` of ${named(provider)} to \`true\``,
  };
}

function ofOther(owner: ProviderRecord, provider: ProviderRecord): DiagnosisFinding {
  return {
    kind: "other_provider",
    cause: `the token is of ${named(owner)}, not of ${named(provider)}`,
    fix: `test it against ${named(owner)}, or send a token of issuer ${quoted(provider.issuer)}`,
  };
}

function explainStranger(evidence: Evidence, iss: string): DiagnosisFinding {
  const { provider, quote } = evidence;
  const { issuer } = provider;
  const carried = `\`iss\` is ${quote(iss, "another one")} and \`issuer\` is ${quoted(issuer)}`;
  const setIssuer = `set \`issuer\` of ${named(provider)} to ${quote(iss, "the token's `iss`")}`;
  if (withoutSlash(iss) === withoutSlash(issuer)) {
    const fix = `${setIssuer}, the slash at the end ${iss.endsWith("/") ? "included" : "left out"}`;
    return { kind: "issuer_slash", cause: `the slash at the end differs: ${carried}`, fix };
  }
  if (spelledLoosely(iss) === spelledLoosely(issuer)) {
    const cause = `the issuer is spelt differently: ${carried}`;
    return { kind: "issuer_spelling", cause, fix: setIssuer };
  }
  if (areNeighbours(iss, issuer)) {
    const cause = `the token is of another tenant of the same identity provider: ${carried}`;
    const fix = `send a token of ${quoted(issuer)}; only if that other tenant is yours, ${setIssuer}`;
    return { kind: "other_tenant", cause, fix };
  }
  const cause = `the token is of another issuer: ${carried}`;
  const fix = `send a token of ${quoted(issuer)}; only if that other issuer is yours, ${setIssuer}`;
  return { kind: "other_issuer", cause, fix };
}

function spellingsOf({ issuer, issuerAliases = [] }: ProviderRecord): readonly string[] {
  return [issuer, ...issuerAliases];
}

function withoutSlash(issuer: string): string {
  return issuer.endsWith("/") ? issuer.slice(0, -1) : issuer;
}

function spelledLoosely(issuer: string): string {
  const bare = issuer
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "");
  return withoutSlash(bare).replace(/^([^/]+):(?:443|80)(?=\/|$)/, "$1");
}

/** One host with another path, or hosts that differ in their first name alone: `acme.okta.com`, `beta.okta.com`. */
function areNeighbours(one: string, other: string): boolean {
  const hosts = [one, other].map((issuer) => spelledLoosely(issuer).split("/")[0] ?? "");
  const [first = "", second = ""] = hosts;
  const [firstParent = "", secondParent = ""] = hosts.map(parentOf);
  return first === second || (firstParent === secondParent && firstParent.includes("."));
}

function parentOf(host: string): string {
  return host.slice(host.indexOf(".") + 1);
}
