import type { KeyFailureCode } from "@byot/token-verifier";
import type { DiagnosisFinding, DiagnosisKind } from "./diagnosis.js";
import { type Evidence, named, quoted } from "./evidence.js";

interface KeyAdvice {
  readonly kind: DiagnosisKind;
  readonly fix: (evidence: Evidence) => string;
}

/** Tells why the keys of a provider cannot be had. */
export function explainKeysUnavailable(evidence: Evidence): DiagnosisFinding {
  const { refusal, provider } = evidence;
  const { code, message } = refusal.keyFailure ?? { code: "unreachable", message: refusal.detail };
  const { kind, fix } = adviceByFailure[code];
  const cause = `the keys of ${named(provider)} cannot be had from ${origin(evidence)}: ${message}`;
  return { kind, cause, fix: fix(evidence) };
}

/** Tells why no key of the provider fits. */
export function explainKeyUnknown(evidence: Evidence): DiagnosisFinding {
  const { header, provider, quote } = evidence;
  if (header["kid"] === undefined) {
    return {
      kind: "key_unnamed",
      cause: "the token's header has no `kid`, so that nobody can tell which key signed it",
      fix: `have the identity provider put \`kid\` into its headers${
        provider.requireKid === true
          ? `, or set \`requireKid\` of ${named(provider)} to \`false\``
          : ""
      }`,
    };
  }
  return {
    kind: "key_unknown",
    cause: `the token was signed by key ${quote(header["kid"], "`kid`")}, which ${named(provider)} does not publish; ${published(evidence)}`,
    fix: `send a token that this issuer has signed lately${
      "inline" in provider.keys ? `, or put that key into \`jwks\` of ${named(provider)}` : ""
    }`,
  };
}

/** Tells what to do about a signature that is not the key's. */
export function explainSignature({ provider }: Evidence): DiagnosisFinding {
  return {
    kind: "signature_invalid",
    cause:
      "the signature is not that of the key the token names: the token was changed, or another system signed it",
    fix: `send the token to the letter; if it is, compare the keys of ${named(provider)} with those of the system that signs`,
  };
}

function published({ keys }: Evidence): string {
  const kids = (keys?.keys ?? []).slice(0, 16).map(({ kid }) => quoted(kid ?? "a key without kid"));
  return kids.length === 0 ? "its keys are not known here" : `it publishes ${kids.join(", ")}`;
}

function origin({ provider: { keys, issuer } }: Evidence): string {
  if ("inline" in keys) {
    return "`jwks`";
  }
  return quoted("jwksUri" in keys ? keys.jwksUri : metadataOf(issuer));
}

function metadataOf(issuer: string): string {
  return `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
}

const allowAddress = ({ provider }: Evidence): string =>
  `let keys be fetched from there (\`BYOT_KEY_FETCH_ALLOW\` of the server), or give ${named(provider)} its keys as \`jwks\``;

const correctAddress = ({ provider }: Evidence): string =>
  "jwksUri" in provider.keys
    ? `correct \`jwksUri\` of ${named(provider)}, or leave it out to have the keys discovered`
    : `correct \`issuer\` of ${named(provider)}, or set its \`jwksUri\` to the address of the key set`;

const correctIssuer = ({ provider, refusal }: Evidence): string => {
  const [, right] = /issuer `([^`]+)`/.exec(refusal.keyFailure?.message ?? "") ?? [];
  const value = right === undefined ? "the one in its metadata" : `\`${right}\``;
  return `set \`issuer\` of ${named(provider)} to ${value}`;
};

const publishKey = ({ provider }: Evidence): string =>
  `have the identity provider sign with RS256 and publish the public key; then test ${named(provider)} again`;

const tryAgain = (): string => "see that the identity provider answers, and try again";

const adviceByFailure: Readonly<Record<KeyFailureCode, KeyAdvice>> = {
  url_forbidden: { kind: "keys_forbidden", fix: allowAddress },
  address_forbidden: { kind: "keys_forbidden", fix: allowAddress },
  unreachable: { kind: "keys_unreachable", fix: tryAgain },
  timed_out: { kind: "keys_unreachable", fix: tryAgain },
  fetch_queue_full: { kind: "keys_unreachable", fix: tryAgain },
  redirected: { kind: "keys_unreachable", fix: correctAddress },
  status_not_ok: { kind: "keys_unreachable", fix: correctAddress },
  encoding_not_identity: { kind: "keys_unreachable", fix: correctAddress },
  too_large: { kind: "keys_unreachable", fix: correctAddress },
  not_json: { kind: "keys_not_json", fix: correctAddress },
  metadata_invalid: { kind: "keys_unreachable", fix: correctAddress },
  issuer_mismatch: { kind: "metadata_of_other_issuer", fix: correctIssuer },
  key_set_invalid: { kind: "no_usable_key", fix: correctAddress },
  no_usable_key: { kind: "no_usable_key", fix: publishKey },
};
