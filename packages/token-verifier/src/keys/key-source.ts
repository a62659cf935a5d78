import type { CryptoKey } from "jose";
import type { SignatureAlgorithm } from "../signature-algorithm.js";
import type { TrustedIssuer } from "../trusted-issuer.js";
import type { KeyFailure } from "./key-failure.js";
import type { KeySourceStatus } from "./key-source-status.js";

/** A public key, imported for one algorithm. */
export interface VerificationKey {
  /** The `kid` that the key set gives it. */
  readonly kid?: string;
  /** SHA-256 thumbprint, base64url (RFC 7638). */
  readonly thumbprint: string;
  /** The key; it can verify, with its one algorithm, and nothing else. */
  readonly cryptoKey: CryptoKey;
}

/** What a token's header says about the key that signed it. */
export interface KeyQuery {
  /** The algorithm. */
  readonly alg: SignatureAlgorithm;
  /** The key; when absent, only a set of exactly one usable key can answer. */
  readonly kid?: string;
}

/** The answer to a {@link KeyQuery}. */
export type KeyLookup =
  | {
      /** The issuer has this key. */
      readonly status: "found";
      /** The key. */
      readonly key: VerificationKey;
    }
  | {
      /** The issuer has no such key, as far as its last answer tells. */
      readonly status: "unknown";
      /** In how many seconds the issuer may be asked again; absent when asking again is useless. */
      readonly retryAfterSeconds?: number;
    }
  | {
      /** Nobody can tell: the issuer could not be asked. */
      readonly status: "unavailable";
      /** In how many seconds the issuer may be asked again. */
      readonly retryAfterSeconds: number;
      /** What went wrong the last time. */
      readonly failure: KeyFailure;
    };

/** The keys of one provider. */
export interface KeySource {
  /** Finds the key that signed a token. Never rejects: not knowing is an answer. */
  find(query: KeyQuery): Promise<KeyLookup>;
  /**
   * The key that {@link KeySource.find} would give at this very moment without waiting for anything;
   * `undefined` when it has none, would first fetch, or holds keys that are too old to serve. Counts as a
   * use of the source, so that keys in use are fetched again ahead of time.
   */
  findNow(query: KeyQuery): VerificationKey | undefined;
}

/** The keys of every provider, one source each. */
export interface KeySources {
  /**
   * The source of one provider. Two providers never share one, whatever they have in common, and neither
   * do two workspaces; versions of a provider share theirs as long as its key settings are the same.
   */
  sourceFor(provider: KeySettings): KeySource;
}

/** As much of a provider as its keys depend on. A {@link TrustedIssuer} has all of it. */
export type KeySettings = Pick<
  TrustedIssuer,
  "workspaceId" | "id" | "issuer" | "keys" | "algorithms"
>;

/** Key sources that can be looked into and told to fetch. */
export interface ManagedKeySources extends KeySources {
  /**
   * How the keys of one provider are doing. Looking does not count as a use: nothing is fetched, and a
   * provider whose keys nobody has used yet is `empty`.
   */
  status(provider: KeySettings): KeySourceStatus;
  /**
   * Fetches the keys of one provider at once, metadata included, whatever the back-off says, or joins the
   * fetch under way. Resolves to how they are doing then; a failure shows there and costs no good keys.
   */
  refresh(provider: KeySettings): Promise<KeySourceStatus>;
}
