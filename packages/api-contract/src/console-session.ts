import { z } from "zod";

/** The name of the session's cookie. */
export const sessionCookieName = "byot_session";

/** What opens a session of the console. */
export interface NewSessionBody {
  /** The whole API key, as it was shown when it was created. */
  readonly apiKey: string;
}

/**
 * A session of the console. It is a cookie that stands for an API key, and the key is looked at again on every request:
 * a revoked one ends the session.
 */
export interface SessionAnswer {
  /** The public part of the API key. */
  readonly keyId: string;
  /** The key's name for people. */
  readonly name: string;
  /** What it may do. */
  readonly scopes: readonly string[];
  /** The only workspace that it opens; absent for a key that opens every one. */
  readonly workspace?: string;
  /** When the session ends, RFC 3339 in UTC; never later than the key. */
  readonly expiresAt: string;
}

/** Reads {@link NewSessionBody}. */
export const newSessionBodySchema: z.ZodType<NewSessionBody> = z.strictObject({
  apiKey: z.string().min(1).max(255),
});

/** Reads {@link SessionAnswer}. */
export const sessionAnswerSchema: z.ZodType<SessionAnswer> = z.strictObject({
  keyId: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  workspace: z.string().exactOptional(),
  expiresAt: z.iso.datetime(),
});
