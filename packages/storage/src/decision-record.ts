import type { ConditionError, DeterminingRule } from "@byot/policy-engine";

/** An attribute that the policies in question look at. */
export interface LoggedAttribute {
  /** Its name, with the path below it: `ext_role`, `request_metadata.orderAmount`. */
  readonly name: string;
  /** Who vouches for it: the token, the caller, or the service itself. */
  readonly origin: "token" | "caller" | "server";
  /** Its value; absent when it was missing or the workspace keeps names alone. */
  readonly value?: unknown;
}

/** What the log knows of the person. It can be erased without breaking the chain. */
export interface PersonalFields {
  /** The token's `sub`, or its pseudonym where the workspace asks for one. */
  readonly subject: string;
  /** SHA-256 of the token's `jti` with its issuer, in lower-case hexadecimal; absent when it had none. */
  readonly tokenIdHash?: string;
  /** The user's address; absent when none was given or taken. */
  readonly clientIp?: string;
  /** What the policies looked at, as far as the workspace lets it be kept. */
  readonly attributes: readonly LoggedAttribute[];
}

/** One decision, as it was answered. It never holds the token or any part of it. */
export interface DecisionRecord {
  /** A UUIDv7, unique over all workspaces. */
  readonly decisionId: string;
  /** The workspace that was asked. */
  readonly workspaceId: string;
  /** When it was decided, to the millisecond. */
  readonly at: Date;
  /** The revision of the workspace it was decided on. */
  readonly revision: number;
  /** The request that asked, as echoed in `X-Request-Id`. */
  readonly requestId: string;
  /** The provider's canonical issuer. */
  readonly issuer: string;
  /** The id of the provider that vouched for the token. */
  readonly providerId: string;
  /** The resource asked for. */
  readonly resource: string;
  /** The action asked for. */
  readonly action: string;
  /** The answer. */
  readonly decision: "Allow" | "Deny";
  /** Why, as a stable code. */
  readonly reason: string;
  /** The rules that decided; empty when none did. */
  readonly determining: readonly DeterminingRule[];
  /** Conditions that could not be evaluated. */
  readonly errors: readonly ConditionError[];
  /** How long it took from the token to the decision, in microseconds. */
  readonly durationMicros: number;
  /** What is known of the person. Always given to {@link DecisionLog.append}; absent from what was erased. */
  readonly personal?: PersonalFields;
}

/** Refused tokens: one, or those of one second that share everything but the request. */
export interface TokenRefusalRecord {
  /** A UUIDv7, unique over all workspaces. */
  readonly refusalId: string;
  /** The workspace that was asked. */
  readonly workspaceId: string;
  /** When it was refused, the first of them. */
  readonly at: Date;
  /** How many it stands for; 1 unless there were more than were worth a record each. */
  readonly count: number;
  /** The request that asked, the first of them, as echoed in `X-Request-Id`. */
  readonly requestId: string;
  /** The refusal code, such as `token_expired`. */
  readonly code: string;
  /**
   * The token's issuer: the one it states, which nothing has proven, or with a `providerId` the provider's. Absent when
   * it could not be read.
   */
  readonly unverifiedIssuer?: string;
  /** The provider whose signature was proven before the token was refused; absent before that. */
  readonly providerId?: string;
  /** The subject, plain or as a pseudonym, of a token whose signature was proven; absent before that or erased. */
  readonly subject?: string;
  /** The resource asked for. */
  readonly resource: string;
  /** The action asked for. */
  readonly action: string;
}
