import type { ApiKeyRecord } from "@byot/storage";

/** The API key that a caller has shown, and that was found good. */
export interface ShownKey extends ApiKeyRecord {
  /** When the session of the console ends that stood for it; absent when the key itself was sent. */
  readonly sessionEndsAt?: Date;
}
