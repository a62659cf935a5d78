import { readKeyUrl } from "../fetching/key-url.js";
import { type KeyUrlRules, parseKeyUrlRules } from "../fetching/key-url-rules.js";
import { readOwn } from "../json-object.js";
import { discoveryUrl } from "../keys/key-location.js";
import { readUsableKeys } from "../keys/key-set.js";
import { secretMembers } from "../keys/usable-key.js";
import { defaultLimits } from "../limits.js";
import {
  defaultAlgorithms,
  isSignatureAlgorithm,
  type SignatureAlgorithm,
} from "../signature-algorithm.js";
import { reportFinding, type TrustedIssuerProblem } from "./trusted-issuer-problem.js";

type Report = readonly TrustedIssuerProblem[];
type KeysJudge = (value: unknown, candidate: object, rules: KeyUrlRules) => Report;

const judges: Readonly<Record<string, KeysJudge>> = {
  jwksUri: judgeAddress,
  discovery: judgeDiscovery,
  inline: judgeInlineKeys,
};

/** Judges where a provider's keys come from: exactly one of an address, discovery or the keys themselves. */
export function validateIssuerKeys(candidate: object, rules: KeyUrlRules): Report {
  const keys = readOwn(candidate, "keys");
  const names = typeof keys === "object" && keys !== null ? Object.keys(keys) : [];
  const [name = ""] = names;
  const judge = Object.hasOwn(judges, name) ? judges[name] : undefined;
  if (names.length !== 1 || judge === undefined) {
    const message = "must be an object with one of `jwksUri`, `discovery` and `inline`";
    return reportFinding("provider_setting_invalid", "keys", { at: "", message });
  }
  return judge(readOwn(keys, name), candidate, rules);
}

function judgeAddress(value: unknown, _candidate: object, rules: KeyUrlRules): Report {
  const message = typeof value === "string" ? judgeUrl(value, rules) : "is not a string";
  return message === undefined
    ? []
    : reportFinding("provider_url_forbidden", "keys", { at: "/jwksUri", message });
}

function judgeDiscovery(value: unknown, candidate: object, rules: KeyUrlRules): Report {
  if (value !== true) {
    const finding = { at: "/discovery", message: "must be true" };
    return reportFinding("provider_setting_invalid", "keys", finding);
  }
  const issuer = readOwn(candidate, "issuer");
  // An issuer that is no URL at all is a problem of its own, which is reported elsewhere.
  if (typeof issuer !== "string" || !URL.canParse(issuer)) {
    return [];
  }
  const message = judgeUrl(discoveryUrl(issuer), rules);
  return message === undefined
    ? []
    : reportFinding("provider_url_forbidden", "issuer", { at: "", message });
}

function judgeInlineKeys(value: unknown, candidate: object): Report {
  const secrets = findSecrets(readOwn(value, "keys"));
  return secrets.length > 0 ? secrets : judgeUsability(value, candidate);
}

// SECURITY: whoever may read the configuration would read the secret with it.
function findSecrets(keys: unknown): Report {
  const entries: readonly unknown[] = Array.isArray(keys) ? keys : [];
  return entries.flatMap((key, index) =>
    secretMembers
      .filter((member) => readOwn(key, member) !== undefined)
      .map((member) => ({
        code: "provider_no_usable_key",
        path: `/keys/inline/keys/${index}/${member}`,
        message: `\`${member}\` belongs to a secret key; give public keys alone and replace this one`,
      })),
  );
}

function judgeUsability(value: unknown, candidate: object): Report {
  const algorithms = readOwn(candidate, "algorithms") ?? defaultAlgorithms;
  const usable = readUsableKeys(value, {
    algorithms: Array.isArray(algorithms) ? algorithms.filter(isAlgorithm) : [],
    maximumKeys: defaultLimits.keysPerSet,
  });
  return usable.ok
    ? []
    : [{ code: "provider_no_usable_key", path: "/keys/inline", message: usable.error.message }];
}

function isAlgorithm(value: unknown): value is SignatureAlgorithm {
  return isSignatureAlgorithm(value);
}

function judgeUrl(url: string, rules: KeyUrlRules): string | undefined {
  const read = readKeyUrl(url, parseKeyUrlRules(rules));
  return read.ok ? undefined : read.error;
}
