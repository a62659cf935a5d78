import { isLoopbackAddress } from "../fetching/address-guard.js";
import { hostOf } from "../fetching/key-url.js";
import type { KeyUrlRules } from "../fetching/key-url-rules.js";
import { readOwn } from "../json-object.js";
import { defaultLimits } from "../limits.js";
import { isSignatureAlgorithm } from "../signature-algorithm.js";
import { maximumClockToleranceSeconds, type TrustedIssuer } from "../trusted-issuer.js";
import { integer, list, must, optional, type SettingRule, text } from "./setting-rules.js";
import { reportFinding, type TrustedIssuerProblem } from "./trusted-issuer-problem.js";
import { validateIssuerKeys } from "./validate-issuer-keys.js";

const longestName = 128;
const longestType = 256;
const mostItems = 64;

const isBoolean = must((value) => typeof value === "boolean", "must be true or false");
const mostIssuerBytes = defaultLimits.issuerCharacters;
const isIssuerText = text(1, defaultLimits.issuerCharacters);
// Every decision is recorded under its issuer, and indexes of databases count bytes.
const isIssuerShort = must(
  (value) => new TextEncoder().encode(String(value)).length <= mostIssuerBytes,
  `must take at most ${mostIssuerBytes} bytes as UTF-8`,
);
const isIssuer: SettingRule = (value) => isIssuerText(value) ?? isIssuerShort(value);
const areTexts = list(text(1, defaultLimits.issuerCharacters), 1, mostItems);
const isAlgorithm = must(isSignatureAlgorithm, "must be an asymmetric signature algorithm");
const isAudienceClaim = must(
  (value) => value === "aud" || value === "azp" || value === "client_id",
  "must be `aud`, `azp` or `client_id`",
);

/** The settings that can be judged one by one. */
const settingRules: Readonly<Record<Exclude<keyof TrustedIssuer, "issuer" | "keys">, SettingRule>> =
  {
    id: text(1, longestName),
    workspaceId: text(1, longestName),
    version: integer(0, Number.MAX_SAFE_INTEGER),
    enabled: isBoolean,
    issuerAliases: optional(list(isIssuer, 0, mostItems)),
    allowedAudiences: areTexts,
    audienceClaims: optional(list(isAudienceClaim, 1, mostItems)),
    authorizedParties: optional(areTexts),
    algorithms: optional(list(isAlgorithm, 1, mostItems)),
    tokenTypes: optional(list(text(0, longestType), 1, mostItems)),
    clockToleranceSeconds: optional(integer(0, maximumClockToleranceSeconds)),
    maxLifetimeSeconds: optional(integer(1, Number.MAX_SAFE_INTEGER)),
    requireKid: optional(isBoolean),
  };

const knownSettings: ReadonlySet<string> = new Set([
  ...Object.keys(settingRules),
  "issuer",
  "keys",
]);

/**
 * Judges the configuration of a provider, wherever it comes from, without using the network. An empty list
 * means that it is a {@link TrustedIssuer}. Unknown settings are refused: a misspelt `authorizedParties`
 * would protect nothing.
 */
export function validateTrustedIssuer(
  candidate: unknown,
  rules: KeyUrlRules = {},
): readonly TrustedIssuerProblem[] {
  if (typeof candidate !== "object" || candidate === null || Array.isArray(candidate)) {
    return [
      { code: "provider_setting_invalid", path: "", message: "the provider is not an object" },
    ];
  }
  return [
    ...findUnknownSettings(candidate),
    ...findSettingProblems(candidate),
    ...findIssuerProblems(candidate, rules),
    ...validateIssuerKeys(candidate, rules),
  ];
}

function findUnknownSettings(candidate: object): readonly TrustedIssuerProblem[] {
  return Object.keys(candidate)
    .filter((name) => !knownSettings.has(name))
    .map((name) => ({
      code: "provider_setting_invalid",
      path: `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
      message: `setting \`${name}\` is not known`,
    }));
}

function findSettingProblems(candidate: object): readonly TrustedIssuerProblem[] {
  return Object.entries(settingRules).flatMap(([name, rule]) => {
    const code =
      name === "allowedAudiences" ? "provider_audience_required" : "provider_setting_invalid";
    return reportFinding(code, name, rule(readOwn(candidate, name)));
  });
}

function findIssuerProblems(
  candidate: object,
  rules: KeyUrlRules,
): readonly TrustedIssuerProblem[] {
  const issuer = readOwn(candidate, "issuer");
  const isInline = readOwn(readOwn(candidate, "keys"), "inline") !== undefined;
  // With inline keys nothing is fetched, and any name will do: `urn:byot:demo`.
  const rule = isInline ? isIssuer : issuerUrl(rules);
  return reportFinding("provider_issuer_invalid", "issuer", isIssuer(issuer) ?? rule(issuer));
}

/** An issuer is an https URL without query or fragment (OpenID Connect Core 1.0 §1.2). */
function issuerUrl({ allowLoopbackHttp }: KeyUrlRules): SettingRule {
  return must(
    (value) => isIssuerUrl(String(value), allowLoopbackHttp === true ? isLoopbackUrl : () => false),
    "must be an absolute https url without query, fragment or user information",
  );
}

function isIssuerUrl(issuer: string, isExcepted: (url: URL) => boolean): boolean {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  return (
    url !== undefined &&
    !/[\s\p{Cc}\\?#]/u.test(issuer) &&
    url.username === "" &&
    url.password === "" &&
    (url.protocol === "https:" || isExcepted(url))
  );
}

function isLoopbackUrl(url: URL): boolean {
  const host = hostOf(url);
  return url.protocol === "http:" && (host === "localhost" || isLoopbackAddress(host));
}
