import { createNodeFetcher } from "@byot/token-verifier/node";
import { z } from "zod";
import { apiKeyId } from "./access/api-key.js";
import { isOrigin } from "./http/cors.js";
import { parseTrustedProxies } from "./http/trusted-proxies.js";

/** The form of an environment variable, and what it is read as. */
export type Form<Value> = z.ZodType<Value, string>;

/** A port to listen on. */
export const port: Form<number> = z
  .string()
  .regex(/^\d{1,5}$/, "must be a port number")
  .transform(Number)
  .refine((number) => number <= 65_535, "must be at most 65535");

/** A whole API key. */
export const rootKey: Form<string> = z
  .string()
  .refine(
    (key) => apiKeyId(key) !== undefined,
    "must be `byot_`, 8 characters, `_` and 43 characters of A-Z, a-z, 0-9, - and _",
  );

/** `true` or `false`. */
export const yesOrNo: Form<boolean> = z
  .enum(["true", "false"], "must be `true` or `false`")
  .transform((text) => text === "true");

/** One of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[]): Form<Word> {
  const quoted = words.map((word) => `\`${word}\``);
  return z.enum(words, `must be ${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1) ?? ""}`);
}

const list = z.string().transform((text) => text.split(",").map((entry) => entry.trim()));

/** Identity providers on private networks. */
export const keyFetchAllow: Form<readonly string[]> = list.refine(
  areKeyUrlRules,
  "must be `host:port` or ranges such as `10.1.0.0/16`, with commas between",
);

function areKeyUrlRules(allow: readonly string[]): boolean {
  try {
    createNodeFetcher({ allow });
    return true;
  } catch {
    return false;
  }
}

/** The longest that an accepted token may be remembered, in seconds. */
export const longestTokenCacheSeconds = 60;

/** How long an accepted token may be remembered, in seconds. */
export const tokenCacheSeconds: Form<number> = z
  .string()
  .regex(/^\d{1,2}$/, "must be a whole number of seconds, 0 to 60")
  .transform(Number)
  .refine((seconds) => seconds <= longestTokenCacheSeconds, "must be at most 60 seconds");

/** The URL of a PostgreSQL database. */
export const databaseUrl: Form<string> = z
  .string()
  .refine(
    (text) => /^postgres(?:ql)?:\/\//.test(text) && URL.canParse(text),
    "must be a URL such as `postgres://user:password@host:5432/database`",
  );

/** The proxies that are believed. */
export const trustedProxies: Form<readonly string[]> = list.refine(
  (entries) => parseTrustedProxies(entries) !== undefined,
  "must be addresses, ranges such as `10.0.0.0/8` (not all addresses) or `loopback`, with commas between",
);

/** The origins whose pages may read answers. */
export const corsOrigins: Form<readonly string[]> = list.refine(
  (entries) => entries.every(isOrigin),
  "must be origins such as `https://app.acme.com`, with commas between; `*` is none, list each",
);

/** How many in a minute. */
export const perMinute: Form<number> = z
  .string()
  .regex(/^\d{1,7}$/, "must be a whole number, 0 to 9999999; 0 sets no limit")
  .transform(Number);

/** A bearer token: too long to guess, and in characters that a header can hold (RFC 6750 §2.1). */
export const bearerToken: Form<string> = z
  .string()
  .regex(/^[A-Za-z0-9._~+/-]{24,256}$/, "must be 24 to 256 characters of A-Z, a-z, 0-9 and ._~+/-");
