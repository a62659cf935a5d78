import type { JsonObject } from "../json-object.js";
import type { Limits } from "../limits.js";
import { fail, type Result, succeed } from "../result.js";
import type { TokenProblem, TokenRefusal } from "../token-refusal.js";
import type { TrustedIssuer } from "../trusted-issuer.js";
import type { WorkspaceTrust } from "../workspace-trust.js";
import {
  type Jws,
  parseClaims,
  readJws,
  type TokenReading,
  type TokenShape,
} from "./parse-token.js";
import { referenceTo } from "./references.js";
import { checkTokenType, readIssuer, selectProvider } from "./select-provider.js";

/** A well-formed token and the provider it has to be proven against. Nothing in it is proven. */
export interface ReadToken extends Pick<Jws, "compact" | "header"> {
  /** Its claims, parsed once; these very objects are returned when the token is proven. */
  readonly claims: JsonObject;
  /** The claim `iss`. */
  readonly issuer: string;
  /** The provider whose key has to prove the token. */
  readonly provider: TrustedIssuer;
}

/** Does everything that needs no key: takes the token apart and selects the provider. */
export function readToken(
  shape: TokenShape,
  trust: WorkspaceTrust,
  reading: TokenReading,
): Result<ReadToken, TokenRefusal> {
  const { limits } = reading;
  const jws = readJws(shape, reading);
  if (!jws.ok) {
    return jws;
  }
  const claims = parseClaims(jws.value, limits);
  return claims.ok ? readForProvider(jws.value, claims.value, { trust, limits }) : claims;
}

/** Refuses a token whose signature is not proven. */
export function refuseUnproven(
  { issuer, provider }: Pick<ReadToken, "issuer" | "provider">,
  problem: TokenProblem,
): TokenRefusal {
  return {
    ...problem,
    unverifiedIssuer: loggable(issuer),
    provider: referenceTo(provider),
  };
}

function readForProvider(
  { compact, header }: Jws,
  claims: JsonObject,
  { trust, limits }: { readonly trust: WorkspaceTrust; readonly limits: Limits },
): Result<ReadToken, TokenRefusal> {
  const issuer = readIssuer(claims, limits);
  if (!issuer.ok) {
    return issuer;
  }
  const provider = selectProvider(trust, issuer.value, claims);
  if (!provider.ok) {
    return fail({ ...provider.error, unverifiedIssuer: loggable(issuer.value) });
  }
  const read = { compact, header, claims, issuer: issuer.value, provider: provider.value };
  const problem = checkTokenType(header, provider.value);
  return problem === undefined ? succeed(read) : fail(refuseUnproven(read, problem));
}

/** Bounds a text that anybody can have written and takes out what disturbs logs and databases. */
function loggable(text: string): string {
  return text.slice(0, 256).replaceAll(/[\p{Cc}\p{Cs}]/gu, "\uFFFD");
}
