import type { JsonObject } from "../json-object.js";
import type { Limits } from "../limits.js";
import { fail, type Result, succeed } from "../result.js";
import type { TokenProblem, TokenRefusal } from "../token-refusal.js";
import type { TrustedIssuer } from "../trusted-issuer.js";
import type { WorkspaceTrust } from "../workspace-trust.js";
import { parseClaims, parseToken } from "./parse-token.js";
import { checkHeaderLists, readIssuer, selectProvider } from "./select-provider.js";
import { readTokenHeader, type TokenHeader } from "./token-header.js";

/** A well-formed token and the provider it has to be proven against. Nothing in it is proven. */
export interface ReadToken {
  /** The token as it arrived. */
  readonly compact: string;
  /** The members of its header that are used. */
  readonly header: TokenHeader;
  /** Its claims, parsed once; these very objects are returned when the token is proven. */
  readonly claims: JsonObject;
  /** The claim `iss`. */
  readonly issuer: string;
  /** The provider whose key has to prove the token. */
  readonly provider: TrustedIssuer;
}

/** Does everything that needs no key: takes the token apart and selects the provider. */
export function readToken(
  token: unknown,
  trust: WorkspaceTrust,
  limits: Limits,
): Result<ReadToken, TokenRefusal> {
  const parsed = parseToken(token, limits);
  if (!parsed.ok) {
    return parsed;
  }
  const header = readTokenHeader(parsed.value.header, limits);
  if (!header.ok) {
    return header;
  }
  const claims = parseClaims(parsed.value, limits);
  if (!claims.ok) {
    return claims;
  }
  const { compact } = parsed.value;
  return readForProvider({ compact, header: header.value, claims: claims.value }, trust, limits);
}

/** Refuses a token whose signature is not proven. */
export function refuseUnproven(
  { issuer, provider }: Pick<ReadToken, "issuer" | "provider">,
  problem: TokenProblem,
): TokenRefusal {
  return {
    ...problem,
    unverifiedIssuer: loggable(issuer),
    provider: { id: provider.id, version: provider.version },
  };
}

function readForProvider(
  token: Pick<ReadToken, "compact" | "header" | "claims">,
  trust: WorkspaceTrust,
  limits: Limits,
): Result<ReadToken, TokenRefusal> {
  const issuer = readIssuer(token.claims, limits);
  if (!issuer.ok) {
    return issuer;
  }
  const provider = selectProvider(trust, issuer.value, token.claims);
  if (!provider.ok) {
    return fail({ ...provider.error, unverifiedIssuer: loggable(issuer.value) });
  }
  const read = { ...token, issuer: issuer.value, provider: provider.value };
  const problem = checkHeaderLists(read.header, read.provider);
  return problem === undefined ? succeed(read) : fail(refuseUnproven(read, problem));
}

/** Bounds a text that anybody can have written and takes out what disturbs logs and databases. */
function loggable(text: string): string {
  return text.slice(0, 256).replaceAll(/[\p{Cc}\p{Cs}]/gu, "\uFFFD");
}
