import type { DiagnosisFinding } from "./diagnosis.js";
import type { Explain } from "./evidence.js";

const sendJwt =
  "send the access token as a JWT, in three parts joined by dots, and nothing around it";

interface ShapeRule extends DiagnosisFinding {
  readonly applies: (token: string) => boolean;
}

// The first that applies is told.
const rules: readonly ShapeRule[] = [
  {
    applies: (token) => /^\s|\s$|^bearer\b|^["'<]|["'>]$|[\r\n]/i.test(token),
    kind: "copied_badly",
    cause:
      "the token has something around it that does not belong to it: `Bearer`, quotes or white space",
    fix: "send what follows `Bearer `, without quotes, spaces and line breaks",
  },
  {
    applies: (token) => partsOf(token) === 5,
    kind: "encrypted_token",
    cause: "the token is encrypted (JWE), for a recipient that is not byot",
    fix: "have the identity provider issue signed access tokens (JWS) for this API",
  },
  {
    applies: (token) => partsOf(token) === 3 && token.endsWith("."),
    kind: "unsigned_token",
    cause: "the token has no signature, so that anybody can have written it",
    fix: "have the identity provider sign its tokens with RS256",
  },
  {
    applies: (token) => partsOf(token) !== 3,
    kind: "opaque_token",
    cause: "the token is no JWT but an opaque one, which only the identity provider can read",
    fix: "ask the identity provider for a token of this API: most give a JWT only when the request names the API's audience",
  },
];

/** Tells an opaque token, an encrypted one and one that was copied badly from one that is broken. */
export const explainShape: Explain = ({ token, refusal }) => {
  const rule = rules.find(({ applies }) => typeof token === "string" && applies(token));
  if (rule === undefined) {
    return { kind: "malformed", cause: refusal.detail, fix: sendJwt };
  }
  const { kind, cause, fix } = rule;
  return { kind, cause, fix };
};

function partsOf(token: string): number {
  return token.split(".").length;
}
