import type { KeyFailure, TokenVerifier } from "@byot/token-verifier";
import type { PrepareClaims } from "./map-token-claims.js";
import type { DecisionRecorder } from "./recording/decision-recorder.js";
import type { RefusalRecorder } from "./recording/refusal-recorder.js";
import type { WorkspaceSnapshots } from "./snapshots/workspace-snapshots.js";

/** What an authorizer is put together from; nothing is read from the environment. */
export interface AuthorizerParts {
  /** Where workspaces are found. */
  readonly workspaces: WorkspaceSnapshots;
  /** Decides whether a token is to be trusted. */
  readonly verifier: TokenVerifier;
  /** Records every decision, see `createDecisionRecorder`. */
  readonly decisionRecorder: Pick<DecisionRecorder, "record">;
  /** Records every refused token, see `createRefusalRecorder`. */
  readonly refusalRecorder: Pick<RefusalRecorder, "record">;
  /** The time of day. */
  readonly clock: () => Date;
  /** Makes an id for a record; a UUIDv7, so that ids sort by time. Never the same one twice. */
  readonly createId: () => string;
  /** A clock that only goes forward, in milliseconds, to measure how long a check takes. */
  readonly stopwatch: () => number;
  /** SHA-256 of a text, in lower-case hexadecimal: the log knows tokens by the hash of their id alone. */
  readonly hash: (text: string) => string;
  /**
   * What the logs of a workspace hold in the place of a subject where it asks for pseudonyms: best HMAC-SHA-256 of both
   * with a secret key. The same one every time.
   */
  readonly pseudonym: (workspaceId: string, subject: string) => string;
  /**
   * Is told, for the operator's log, why the keys of a provider could not be had; the caller learns only that they
   * could not. Must not throw. @defaultValue nobody is told
   */
  readonly onKeysUnavailable?: (event: KeysUnavailable) => void;
  /**
   * Makes the claims to map from those of a verified token, such as `prepareClaims` of `@byot/provider-presets`.
   * @defaultValue the claims of the token are mapped
   */
  readonly prepareClaims?: PrepareClaims;
}

/** A check that could not be answered for want of a provider's keys. */
export interface KeysUnavailable {
  /** The workspace that was asked. */
  readonly workspaceId: string;
  /** The request that asked. */
  readonly requestId: string;
  /** The provider whose keys were wanted. */
  readonly providerId: string | undefined;
  /** What went wrong. */
  readonly failure: KeyFailure;
}
