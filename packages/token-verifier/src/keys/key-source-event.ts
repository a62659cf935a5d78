import type { KeyFailure } from "./key-failure.js";
import type { ServedKey } from "./key-source-status.js";

/** Something that happened to the keys of a provider, for logs, metrics and audit. */
export type KeySourceEvent = ProviderKeys &
  (
    | {
        /** The issuer publishes another address of its key set than before. */
        readonly type: "jwks_uri_changed";
        /** The former address. */
        readonly from: string;
        /** The address from now on. */
        readonly to: string;
      }
    | {
        /** Keys were fetched. */
        readonly type: "keys_fetched";
        /** The keys that serve from now on. */
        readonly keys: readonly ServedKey[];
      }
    | {
        /** Keys could not be fetched. */
        readonly type: "fetch_failed";
        /** Why. */
        readonly failure: KeyFailure;
        /** How many attempts have failed in a row. */
        readonly failures: number;
      }
  );

/** Whose keys they are. */
export interface ProviderKeys {
  /** The workspace. */
  readonly workspaceId: string;
  /** The provider. */
  readonly providerId: string;
  /** Its issuer. */
  readonly issuer: string;
}
