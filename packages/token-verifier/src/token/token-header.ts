import type { JsonObject, JsonValue } from "../json-object.js";
import type { Limits } from "../limits.js";
import { fail, type Result, succeed } from "../result.js";
import { isSignatureAlgorithm, type SignatureAlgorithm } from "../signature-algorithm.js";
import type { TokenProblem, TokenRefusalCode } from "../token-refusal.js";

/** What is used of a token's header. `jku`, `jwk` and `x5*` are not: a token does not bring its own key. */
export interface TokenHeader {
  /** The signature algorithm (RFC 7515 §4.1.1). */
  readonly alg: SignatureAlgorithm;
  /** The media type as {@link normalizeTokenType} spells it; `""` when absent (RFC 7515 §4.1.9). */
  readonly typ: string;
  /** Which key signed (RFC 7515 §4.1.4). */
  readonly kid?: string;
}

/** Extensions that change how a token has to be read, which is why none of them can be passed over. */
const refusedMembers = ["crit", "b64", "zip", "enc", "p2c", "p2s", "epk"] as const;

/** Reads the header of a token; refuses what would have to be understood and is not. */
export function readTokenHeader(
  header: JsonObject,
  limits: Limits,
): Result<TokenHeader, TokenProblem> {
  const { alg, typ, kid } = header;
  if (!isSignatureAlgorithm(alg)) {
    return refused("token_alg_not_allowed", "header `alg` is not an allowed signature algorithm");
  }
  const unsupported = refusedMembers.find((name) => Object.hasOwn(header, name));
  if (unsupported !== undefined) {
    return refused("token_header_not_supported", `header \`${unsupported}\` is not supported`);
  }
  if (isNestedToken(header["cty"])) {
    return refused("token_header_not_supported", "header `cty` announces a nested token");
  }
  if (!isKeyId(kid, limits)) {
    return refused(
      "token_header_not_supported",
      `header \`kid\` is not a string of 1 to ${limits.keyIdCharacters} characters`,
    );
  }
  if (typ !== undefined && (typeof typ !== "string" || typ === "")) {
    return refused("token_type_not_allowed", "header `typ` is not a media type");
  }
  return succeed({
    alg,
    typ: typ === undefined ? "" : normalizeTokenType(typ),
    ...(kid === undefined ? {} : { kid }),
  });
}

/** Spells a media type in one way: lower case, without `application/`. */
export function normalizeTokenType(type: string): string {
  return type.toLowerCase().replace(/^application\/(?=[^/]+$)/, "");
}

function isNestedToken(contentType: JsonValue | undefined): boolean {
  return typeof contentType === "string" && normalizeTokenType(contentType) === "jwt";
}

function isKeyId(kid: JsonValue | undefined, limits: Limits): kid is string | undefined {
  return (
    kid === undefined ||
    (typeof kid === "string" && kid.length >= 1 && kid.length <= limits.keyIdCharacters)
  );
}

function refused(code: TokenRefusalCode, detail: string): Result<never, TokenProblem> {
  return fail({ code, detail });
}
