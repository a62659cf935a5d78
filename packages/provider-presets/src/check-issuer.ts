import type { IssuerRule, ProviderPreset } from "./provider-preset.js";

/** What is wrong with a configured issuer. */
export interface IssuerProblem {
  /** A slash too many or too few, a placeholder nobody filled in, misspelt otherwise, or not of this provider. */
  readonly code:
    "slash_forbidden" | "slash_required" | "placeholder" | "misspelt" | "not_of_provider";
  /** What is wrong, in one line for people. */
  readonly message: string;
  /** The nearest right spelling, where there is one. Show it to a person; never put it in silently. */
  readonly correction?: string;
}

/**
 * Judges how an issuer is spelt, without using the network; `undefined` when it is as this provider spells them.
 *
 * An issuer is compared with `iss` character by character, so that almost right is wrong. What a provider publishes
 * about itself has the last word: an issuer that really is spelt otherwise belongs to a provider of type `oidc`.
 */
export function checkIssuer(
  { issuer: rule, name }: ProviderPreset,
  issuer: string,
): IssuerProblem | undefined {
  if (isPlaceholder(rule, issuer)) {
    const message = `issuer \`${issuer}\` has a part that is still to be filled in; ${describe(name, rule)}`;
    return { code: "placeholder", message };
  }
  if (rule.pattern.test(issuer)) {
    return undefined;
  }
  const correction = correctionOf(rule, issuer);
  if (correction === undefined) {
    const message = `issuer \`${issuer}\` is not one of ${name}: ${describe(name, rule)}`;
    return { code: "not_of_provider", message };
  }
  const message = `issuer \`${issuer}\` has to be spelt \`${correction}\``;
  return { code: codeOf(issuer, correction), message, correction };
}

const usualPlaceholders =
  /[{}<>]|%7B|your[-_.]?(?:app|company|domain|instance|org|pool|project|realm|site|tenant)\b/i;

function isPlaceholder({ placeholders }: IssuerRule, issuer: string): boolean {
  return usualPlaceholders.test(issuer) || placeholders?.test(issuer) === true;
}

function describe(name: string, { description, example }: IssuerRule): string {
  return `an issuer of ${name} ${description}, such as \`${example}\``;
}

function correctionOf(rule: IssuerRule, issuer: string): string | undefined {
  const cleaned = clean(issuer);
  const candidates = [withSlash(rule, cleaned), rule.correct?.(cleaned)];
  return candidates.find((candidate) => candidate !== undefined && rule.pattern.test(candidate));
}

/** What people bring along when they copy: white space, a missing or insecure scheme, the address of the metadata. */
function clean(issuer: string): string {
  const address = issuer
    .trim()
    .replace(/\/\.well-known\/.*$/, "")
    .replace(/[?#].*$/, "")
    .replace(/^http:\/\//i, "https://");
  const [, host, path = ""] = /^(?:https:\/\/)?([^/]+)(\/.*)?$/i.exec(address) ?? [];
  return host === undefined
    ? address
    : `https://${isPoolOrProject(host) ? host : host.toLowerCase()}${path}`;
}

/** A bare name that is no host keeps its letters: some providers are known by the id of a pool. */
function isPoolOrProject(host: string): boolean {
  return !host.includes(".");
}

function withSlash({ slash }: IssuerRule, issuer: string): string {
  if (slash === "kept") {
    return issuer;
  }
  const bare = issuer.replace(/\/+$/, "");
  return slash === "required" ? `${bare}/` : bare;
}

function codeOf(issuer: string, correction: string): IssuerProblem["code"] {
  if (issuer === `${correction}/`) {
    return "slash_forbidden";
  }
  return `${issuer}/` === correction ? "slash_required" : "misspelt";
}
