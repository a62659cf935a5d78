import type { DiagnosisFinding } from "./diagnosis.js";
import { type Evidence, named, quoted } from "./evidence.js";
import { isIdToken } from "./is-id-token.js";

const audienceClaimNames = ["aud", "azp", "client_id"] as const;

/** Tells an ID token and a token without audience from one that is for another API. */
export function explainAudience(evidence: Evidence): DiagnosisFinding {
  const { claims, provider } = evidence;
  if (isIdToken(claims)) {
    return ofIdToken(evidence);
  }
  const deciding = (provider.audienceClaims ?? ["aud"]).find((name) => Object.hasOwn(claims, name));
  return deciding === undefined ? missing(evidence) : other(evidence, deciding);
}

/** Tells which application the token was issued to. */
export function explainParty({ claims, provider, quote }: Evidence): DiagnosisFinding {
  const party = quote(claims["azp"], "the token's `azp`");
  const listed = (provider.authorizedParties ?? []).map(quoted).join(", ");
  return {
    kind: "other_party",
    cause: `the token was issued to ${party}, and \`authorizedParties\` of ${named(provider)} lists ${listed}`,
    fix: `if that application is yours, add ${party} to \`authorizedParties\` of ${named(provider)}`,
  };
}

function other({ claims, provider, quote }: Evidence, claim: string): DiagnosisFinding {
  const value = [claims[claim]].flat();
  const shown = quote(value.length === 1 ? value[0] : value, `the token's \`${claim}\``);
  const allowed = provider.allowedAudiences.map(quoted).join(", ");
  return {
    kind: "other_audience",
    cause: `the token is meant for another API: \`${claim}\` is ${shown}, and ${named(provider)} allows ${allowed}`,
    fix: `if this API goes by that name, add ${shown} to \`allowedAudiences\` of ${named(provider)}; if not, ask for a token with audience ${quoted(provider.allowedAudiences[0])}`,
  };
}

function missing({ claims, provider, quote }: Evidence): DiagnosisFinding {
  const wanted = (provider.audienceClaims ?? ["aud"]).map(quoted).join(", ");
  const present = audienceClaimNames.find((name) => typeof claims[name] === "string");
  const cause = `the token does not say for whom it is meant: it has no claim ${wanted}`;
  const ask = `ask the identity provider for a token with audience ${quoted(provider.allowedAudiences[0])}`;
  if (present === undefined) {
    return { kind: "audience_missing", cause, fix: ask };
  }
  const value = quote(claims[present], `the token's \`${present}\``);
  return {
    kind: "audience_missing",
    cause: `${cause}, but \`${present}\` is there`,
    fix: `set \`audienceClaims\` of ${named(provider)} to \`["${present}"]\` and add ${value} to its \`allowedAudiences\`, or ${ask}`,
  };
}

function ofIdToken({ claims, provider, quote }: Evidence): DiagnosisFinding {
  const client = quote([claims["aud"]].flat()[0], "the application");
  return {
    kind: "id_token",
    cause: `this is an ID token, which tells ${client} who signed in and is for no API`,
    fix: `send the access token instead, asked for with audience ${quoted(provider.allowedAudiences[0])}; do not add the application to \`allowedAudiences\` of ${named(provider)}`,
  };
}
