import { createHmac, timingSafeEqual } from "node:crypto";
import type { SecretStore } from "@byot/storage";

/** A session of the console: it stands for an API key until it ends. */
export interface ConsoleSession {
  /** The public part of the API key. */
  readonly keyId: string;
  /** When it ends, to the second. */
  readonly expiresAt: Date;
}

/** Turns sessions into text that nobody else can make, and back. Nothing of a session is stored. */
export interface ConsoleSessions {
  /** The session as text, for a cookie. It holds no secret of the key. */
  seal(session: ConsoleSession): string;
  /** The session that a text stands for; `undefined` when it was not made here or has ended. */
  open(text: string, now: Date): ConsoleSession | undefined;
}

/** The longest a session lasts, in seconds. */
export const longestSessionSeconds: number = 8 * 60 * 60;

const secretName = "console-sessions";
const keyBytes = 32;
const format = /^([A-Za-z0-9_-]{8})\.(\d{1,12})\.([A-Za-z0-9_-]{43})$/;

/**
 * Opens the sessions of this storage: key id and end with an HMAC-SHA-256 over both, whose key every server of the
 * storage shares.
 */
export async function openConsoleSessions(
  secrets: SecretStore,
  randomBytes: (length: number) => Uint8Array,
): Promise<ConsoleSessions> {
  const proposed = Buffer.from(randomBytes(keyBytes)).toString("base64url");
  const key = Buffer.from(await secrets.findOrCreate(secretName, proposed), "base64url");
  const sign = (content: string): Buffer => createHmac("sha256", key).update(content).digest();
  return {
    seal({ keyId, expiresAt }) {
      const content = `${keyId}.${Math.floor(expiresAt.getTime() / 1000)}`;
      return `${content}.${sign(content).toString("base64url")}`;
    },
    open(text, now) {
      const [, keyId = "", seconds = "", signature = ""] = format.exec(text) ?? [];
      const expected = sign(`${keyId}.${seconds}`);
      const actual = Buffer.from(signature, "base64url");
      if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) {
        return undefined;
      }
      const expiresAt = new Date(Number(seconds) * 1000);
      return expiresAt > now ? { keyId, expiresAt } : undefined;
    },
  };
}
