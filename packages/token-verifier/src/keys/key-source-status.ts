import type { SignatureAlgorithm } from "../signature-algorithm.js";
import type { KeyFailure } from "./key-failure.js";
import type { KeySourcePhase } from "./key-source-state.js";

/** A key that verifies tokens. */
export interface ServedKey {
  /** Its id; absent when the key set gives it none. */
  readonly kid?: string;
  /** SHA-256 thumbprint, base64url (RFC 7638). */
  readonly thumbprint: string;
  /** What it may verify. */
  readonly algorithms: readonly SignatureAlgorithm[];
}

/** A key that its issuer publishes and that verifies nothing. */
export interface DroppedKey {
  /** Its place in the key set, from 0. */
  readonly index: number;
  /** Its id, if that is a string; cut after 256 characters. */
  readonly kid?: string;
  /** Completes a sentence that begins with the key: "is not for signatures". */
  readonly reason: string;
}

/** How the keys of a provider are doing, for those who run it. */
export interface KeySourceStatus {
  /**
   * `fresh`: within the soft life. `stale`: over it, and serving while the issuer can not be asked. `expired`:
   * over the hard life, nothing serves. `empty`: there never were any.
   */
  readonly state: KeySourcePhase;
  /** Where the keys were found; absent for inline keys and while discovery has not told. */
  readonly jwksUri?: string;
  /** How long ago the keys were asked for, in seconds; absent for inline keys and while there are none. */
  readonly ageSeconds?: number;
  /** The keys of the last good answer. */
  readonly keys: readonly ServedKey[];
  /** What the last good answer held beside them. */
  readonly droppedKeys: readonly DroppedKey[];
  /** What went wrong the last time; absent when the last attempt succeeded. */
  readonly failure?: KeyFailure;
  /** How many attempts have failed since the last good one. */
  readonly failures: number;
  /** How many attempts there were since the source is in memory. */
  readonly fetches: number;
  /** Whether an attempt is under way. */
  readonly fetching: boolean;
  /** After a failure: until when the issuer is left alone. The next attempt needs a use. */
  readonly nextAttemptAt?: Date;
}
