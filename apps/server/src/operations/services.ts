import type { Authorizer, Diagnosis, DiagnosisRequest } from "@byot/authorizer";
import type { Storage } from "@byot/storage";
import type { KeyUrlRules, ManagedKeySources } from "@byot/token-verifier";
import type { ConsoleSessions } from "../access/console-sessions.js";
import type { Pseudonym } from "./audit/subject-pseudonyms.js";

/** What the operations work with. */
export interface Services {
  /** Everything that is kept. */
  readonly storage: Storage;
  /** Answers checks. */
  readonly authorizer: Authorizer;
  /** Takes a token through every step of a check, and grants nothing. */
  readonly diagnoseToken: (request: DiagnosisRequest) => Promise<Diagnosis>;
  /** The keys of every provider. */
  readonly keys: ManagedKeySources;
  /** The time of day. */
  readonly clock: () => Date;
  /** Makes a new id: a UUIDv7. */
  readonly createId: () => string;
  /** Under which name a subject stands in the logs of a workspace that keeps no plain ones. */
  readonly pseudonym: Pseudonym;
  /** The console's sessions. */
  readonly sessions: ConsoleSessions;
  /** Where callers reach the server, without a slash at the end. @defaultValue not known */
  readonly publicUrl?: string | undefined;
  /** Makes `length` unguessable bytes. */
  readonly randomBytes: (length: number) => Uint8Array;
  /** Where keys may be fetched from. */
  readonly keyUrlRules: KeyUrlRules;
}
