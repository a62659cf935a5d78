import type { DiagnosisFinding } from "./diagnosis.js";
import { type Evidence, named } from "./evidence.js";

/** Tells which algorithm the token has and which ones count. */
export function explainAlgorithm({ header, provider, quote }: Evidence): DiagnosisFinding {
  const { algorithms = ["RS256"] } = provider;
  const allowed = algorithms.map((name) => `\`${name}\``).join(", ");
  return {
    kind: "algorithm_not_allowed",
    cause: `the token is signed with ${quote(header["alg"], "another algorithm")}, and tokens of ${named(provider)} have to be signed with ${allowed}`,
    fix: `have the identity provider sign its tokens with ${allowed}`,
  };
}

/** Tells which type the token has and which ones count. */
export function explainType({ header, provider, quote }: Evidence): DiagnosisFinding {
  const { tokenTypes = ["", "JWT", "at+jwt"] } = provider;
  const type = quote(header["typ"] ?? "", "the token's `typ`");
  return {
    kind: "type_not_allowed",
    cause: `the token's header has \`typ\` ${type}, and ${named(provider)} accepts ${JSON.stringify(tokenTypes)}`,
    fix: `send an access token; if this is one, add ${type} to \`tokenTypes\` of ${named(provider)}`,
  };
}

/** Tells which extension the token uses. */
export function explainUnsupported({ refusal }: Evidence): DiagnosisFinding {
  return {
    kind: "header_not_supported",
    cause: `${refusal.detail}, because it would change how the token has to be read`,
    fix: "have the identity provider issue plain signed tokens, without extensions in the header",
  };
}
