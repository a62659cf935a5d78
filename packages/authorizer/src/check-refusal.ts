import type { TokenRefusalCode } from "@byot/token-verifier";
import type { RecordingFailure } from "./recording/decision-recorder.js";
import type { SnapshotRefusal } from "./snapshots/snapshot-refusal.js";

/** Why there is no decision. */
export type CheckRefusal =
  | SnapshotRefusal
  | {
      /** The workspace requires an API key, or the kind of check does, and none was shown. */
      readonly code: "api_key_missing";
      /** What was wrong, in one line. */
      readonly detail: string;
    }
  | {
      /** The token was refused, or its keys could not be had. */
      readonly code: TokenRefusalCode;
      /** What was wrong, in one line; names claims and headers, never their values. */
      readonly detail: string;
      /** When another try makes sense, in seconds. */
      readonly retryAfterSeconds?: number;
    }
  | RecordingFailure;
