import { hash } from "node:crypto";
import { QuotaMap } from "./quota-map.js";
import type { RememberedToken, VerifiedTokenCache } from "./token/recall-token.js";
import type { VerifiedToken } from "./verified-token.js";

/** How much is remembered and for how long. */
export interface VerifiedTokenCacheOptions {
  /**
   * How long an answer lives, in seconds, 1–60; never longer than the token itself.
   *
   * @defaultValue `60`
   */
  readonly lifeSeconds?: number;
  /** Most answers in memory, 1–10,000. @defaultValue `10000` */
  readonly maximumTokens?: number;
  /** Most answers of one workspace, 1–1,000. @defaultValue `1000` */
  readonly maximumTokensPerWorkspace?: number;
  /**
   * Asked on every hit. A token of which it says `true` is not answered from memory but verified anew.
   *
   * @defaultValue no token is revoked
   */
  readonly isRevoked?: (token: VerifiedToken) => boolean;
}

/**
 * Makes a memory for the tokens that one verifier has accepted.
 *
 * A hit spares the reading of the token and the arithmetic of its signature, and nothing else: provider,
 * key, times and every other claim are held against what applies at that moment.
 *
 * @throws TypeError when a number is not an integer within its range.
 */
export function createVerifiedTokenCache(
  options: VerifiedTokenCacheOptions = {},
): VerifiedTokenCache {
  const lifeSeconds = readNumber("lifeSeconds", options.lifeSeconds, 60);
  const tokens = new QuotaMap<RememberedToken>({
    ownerOf: ({ workspaceId }) => workspaceId,
    maximum: readNumber("maximumTokens", options.maximumTokens, 10_000),
    maximumPerOwner: readNumber(
      "maximumTokensPerWorkspace",
      options.maximumTokensPerWorkspace,
      1000,
    ),
  });
  const { isRevoked = () => false } = options;
  return {
    keyOf: digestOf,
    find: (key, now) => {
      const remembered = tokens.get(key);
      return remembered !== undefined && isAlive(remembered, now, lifeSeconds)
        ? remembered
        : undefined;
    },
    keep: (key, remembered) => {
      if (countValues(remembered.token.claims, mostValues) > mostValues) {
        return;
      }
      // What is first kept is first over, so whatever is over stands at the front.
      tokens.dropWhile((other) => !isAlive(other, remembered.checkedAt, lifeSeconds));
      tokens.set(key, remembered);
    },
    forget: (key) => tokens.delete(key),
    isRevoked,
  };
}

// A few bytes of a token, such as `[{},{}]`, can be many bytes of objects: what is remembered is bounded by those.
const mostValues = 128;

/** The number of values within a value, itself included; counting ends soon after `most`. */
function countValues(value: unknown, most: number): number {
  if (typeof value !== "object" || value === null) {
    return 1;
  }
  let count = 1;
  for (const member of Object.values(value)) {
    if (count > most) {
      break;
    }
    count += countValues(member, most - count);
  }
  return count;
}

/** A clock that was set back makes an answer old, not young; a clock that is broken makes it old, too. */
function isAlive({ checkedAt, token }: RememberedToken, now: number, lifeSeconds: number): boolean {
  const age = now - checkedAt;
  return age >= 0 && age < lifeSeconds && now < token.expiresAt;
}

/**
 * SECURITY: the whole token, signature and all, and the workspace, each behind its length so that no two
 * pairs spell the same text; one character of the name for each byte of the digest. A part of the token would let another token pass under it.
 */
function digestOf(workspaceId: string, token: string): string {
  const text = `${workspaceId.length}:${workspaceId}${token.length}:${token}`;
  return hash("sha256", text, "binary");
}

function readNumber(name: string, wanted: number | undefined, maximum: number): number {
  const number = wanted ?? maximum;
  if (!Number.isInteger(number) || number < 1 || number > maximum) {
    throw new TypeError(`\`${name}\` must be an integer from 1 to ${maximum}`);
  }
  return number;
}
