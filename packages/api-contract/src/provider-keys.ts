import { z } from "zod";

/** How the keys of a provider are doing on the server that answers. */
export interface ProviderKeysAnswer {
  /**
   * `empty` before they were first needed, `fresh`, `stale` while the provider cannot be asked, `expired` when they no
   * longer verify anything; a newer server may know more of them.
   */
  readonly state: string;
  /** Where they were found; absent for keys given with the provider, and while discovery has not told. */
  readonly jwksUri?: string;
  /** How long ago they were asked for, in seconds; absent for keys given with the provider, and while there are none. */
  readonly ageSeconds?: number;
  /** The keys that can verify tokens. */
  readonly keys: readonly {
    /** Its id; absent when the key set gives it none. */
    readonly kid?: string;
    /** SHA-256 thumbprint, base64url (RFC 7638). */
    readonly thumbprint: string;
    /** What it may verify. */
    readonly algorithms: readonly string[];
  }[];
  /** The other ones, each with what is wrong with it. */
  readonly droppedKeys: readonly {
    /** Its id, where it has one. */
    readonly kid?: string;
    /** Completes a sentence that begins with the key. */
    readonly reason: string;
  }[];
  /** What went wrong the last time; absent when that went well. */
  readonly lastFailure?: {
    /** What kind of thing; a newer server may know more of them. */
    readonly code: string;
    /** What it was, in one line. */
    readonly message: string;
  };
  /** After a failure: until when the provider is left alone, RFC 3339 in UTC. */
  readonly nextAttemptAt?: string;
}

const kid = z.string().exactOptional();

/** Reads {@link ProviderKeysAnswer}. */
export const providerKeysAnswerSchema: z.ZodType<ProviderKeysAnswer> = z.strictObject({
  state: z.string(),
  jwksUri: z.string().exactOptional(),
  ageSeconds: z.number().min(0).exactOptional(),
  keys: z.array(z.strictObject({ kid, thumbprint: z.string(), algorithms: z.array(z.string()) })),
  droppedKeys: z.array(z.strictObject({ kid, reason: z.string() })),
  lastFailure: z.strictObject({ code: z.string(), message: z.string() }).exactOptional(),
  nextAttemptAt: z.iso.datetime().exactOptional(),
});
