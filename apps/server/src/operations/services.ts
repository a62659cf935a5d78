import type { Authorizer } from "@byot/authorizer";
import type { Storage } from "@byot/storage";
import type { KeyUrlRules } from "@byot/token-verifier";

/** What the operations work with. */
export interface Services {
  /** Everything that is kept. */
  readonly storage: Storage;
  /** Answers checks. */
  readonly authorizer: Authorizer;
  /** The time of day. */
  readonly clock: () => Date;
  /** Makes a new id: a UUIDv7. */
  readonly createId: () => string;
  /** Makes `length` unguessable bytes. */
  readonly randomBytes: (length: number) => Uint8Array;
  /** Where keys may be fetched from. */
  readonly keyUrlRules: KeyUrlRules;
}
