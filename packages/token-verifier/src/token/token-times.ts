import type { JsonObject, JsonValue } from "../json-object.js";
import { fail, type Result, succeed } from "../result.js";
import type { TokenProblem, TokenRefusalCode } from "../token-refusal.js";
import {
  defaultClockToleranceSeconds,
  maximumClockToleranceSeconds,
  type TrustedIssuer,
} from "../trusted-issuer.js";

/** The times of a token, in seconds since 1970, fractions allowed (RFC 7519 §2, NumericDate). */
export interface TokenTimes {
  /** When it ends (RFC 7519 §4.1.4). */
  readonly exp: number;
  /** When it begins (RFC 7519 §4.1.5). */
  readonly nbf: number | undefined;
  /** When it was issued (RFC 7519 §4.1.6). */
  readonly iat: number | undefined;
}

/** What the times of a token are held against. */
export interface TimeContext {
  /** The provider, which says how much clock difference is forgiven. */
  readonly provider: TrustedIssuer;
  /** The time, in seconds since 1970. */
  readonly now: number;
}

/** The last second of the year 9999. */
const lastSecond = 253_402_300_799;

/** Reads the times of a token: `exp` is required, and what is there has to be a time. */
export function readTimes({ exp, nbf, iat }: JsonObject): Result<TokenTimes, TokenProblem> {
  if (exp === undefined) {
    return fail(problem("token_claim_missing", "claim `exp` is missing"));
  }
  if (!isTime(exp)) {
    return fail(notATime("exp"));
  }
  if (nbf !== undefined && !isTime(nbf)) {
    return fail(notATime("nbf"));
  }
  if (iat !== undefined && !isTime(iat)) {
    return fail(notATime("iat"));
  }
  return succeed({ exp, nbf, iat });
}

/**
 * Holds the times of a token against the clock; `undefined` when they pass.
 *
 * Every comparison asks for what has to hold and negates it, so that a time which is no number, from a
 * broken clock or a damaged setting, refuses the token.
 */
export function checkTimes(times: TokenTimes, context: TimeContext): TokenProblem | undefined {
  const { now, provider } = context;
  const { clockToleranceSeconds = defaultClockToleranceSeconds } = provider;
  const tolerance = Math.min(clockToleranceSeconds, maximumClockToleranceSeconds);
  const latest = now + tolerance;
  if (!(times.exp > now - tolerance)) {
    return problem("token_expired", "claim `exp` has passed");
  }
  if (times.nbf !== undefined && !(times.nbf <= latest)) {
    return problem("token_not_active", "claim `nbf` has not come yet");
  }
  if (times.iat !== undefined && !(times.iat <= latest)) {
    return problem("token_issued_in_future", "claim `iat` has not come yet");
  }
  return checkLifetime(times, provider);
}

function checkLifetime(
  { exp, iat }: TokenTimes,
  { maxLifetimeSeconds }: TrustedIssuer,
): TokenProblem | undefined {
  if (maxLifetimeSeconds === undefined) {
    return undefined;
  }
  if (iat === undefined) {
    return problem("token_claim_missing", "claim `iat` is missing");
  }
  return exp - iat <= maxLifetimeSeconds
    ? undefined
    : problem("token_lifetime_too_long", "claim `exp` is too long after `iat`");
}

function isTime(value: JsonValue): value is number {
  return typeof value === "number" && value >= 0 && value <= lastSecond;
}

function notATime(claim: string): TokenProblem {
  return problem("token_claim_invalid", `claim \`${claim}\` is not a time in seconds since 1970`);
}

function problem(code: TokenRefusalCode, detail: string): TokenProblem {
  return { code, detail };
}
