import type { ConditionError, DeterminingRule } from "../decisions/decision.js";
import type { JsonObject } from "../values/json.js";
import type { PageQuery } from "./pages.js";

/** A part of a log. */
export interface TimeSpan {
  /** Only what was recorded at this time or later; RFC 3339 when it is text. */
  readonly from?: Date | string | undefined;
  /** Only what was recorded before this time; RFC 3339 when it is text. */
  readonly until?: Date | string | undefined;
}

/** Which decisions are wanted; what is absent matches everything. */
export interface DecisionFilter extends TimeSpan {
  /** Only this answer. */
  readonly decision?: "Allow" | "Deny" | undefined;
  /** Only this reason, such as `no_rule_matched`. */
  readonly reason?: string | undefined;
  /** Only this subject; never matches what was erased. */
  readonly subject?: string | undefined;
  /** Only this canonical issuer. */
  readonly issuer?: string | undefined;
  /** Only what this provider vouched for. */
  readonly provider?: string | undefined;
  /** Only this resource. */
  readonly resource?: string | undefined;
  /** Only this action. */
  readonly action?: string | undefined;
  /** Only what rests on this policy. */
  readonly policy?: string | undefined;
  /** Only what rests on a rule of this `rule_id`. */
  readonly rule?: string | undefined;
}

/** Which decisions are wanted, in pages. */
export interface DecisionsQuery extends PageQuery, DecisionFilter {}

/** Which refused tokens are wanted; what is absent matches everything. */
export interface RefusalsQuery extends PageQuery, TimeSpan {
  /** Only this code, such as `token_expired`. */
  readonly code?: string | undefined;
}

/** Which changes are wanted; what is absent matches everything. */
export interface ChangesQuery extends PageQuery, TimeSpan {
  /** Only this kind of thing. */
  readonly kind?:
    "workspace" | "provider" | "policy" | "resource" | "permission" | "api_key" | undefined;
  /** Only things of this key. */
  readonly key?: string | undefined;
}

/** An attribute that the policies in question look at. */
export interface LoggedAttribute {
  /** Its name, with the path below it. */
  readonly name: string;
  /** Who vouches for it. */
  readonly origin: "token" | "caller" | "server";
  /** Its value; absent when it was missing or the workspace keeps names alone. */
  readonly value?: unknown;
}

/** A decision as the log keeps it. */
export interface LoggedDecision {
  /** The id that the answer carried. */
  readonly decisionId: string;
  /** When it was decided, RFC 3339 in UTC. */
  readonly at: string;
  /** The workspace's revision it was decided on. */
  readonly revision: number;
  /** The request that asked. */
  readonly requestId: string;
  /** The provider's canonical issuer. */
  readonly issuer: string;
  /** The provider that vouched for the token. */
  readonly provider: string;
  /** The resource asked for. */
  readonly resource: string;
  /** The action asked for. */
  readonly action: string;
  /** The answer. */
  readonly decision: "Allow" | "Deny";
  /** Why, as a stable code. */
  readonly reason: string;
  /** The rules and defaults it rests on. */
  readonly determining: readonly DeterminingRule[];
  /** Conditions that could not be evaluated. */
  readonly errors: readonly ConditionError[];
  /** How long it took from the token to the decision, in microseconds. */
  readonly durationMicros: number;
  /** Whether what is personal was erased: then there is no `subject`, `tokenIdHash`, `clientIp` or attribute. */
  readonly erased: boolean;
  /** The token's `sub`, or its pseudonym where the workspace asks for one; absent when erased. */
  readonly subject?: string;
  /** SHA-256 of the token's `jti` with its issuer; absent when it had none, and when erased. */
  readonly tokenIdHash?: string;
  /** The user's address; absent when none was given or taken, and when erased. */
  readonly clientIp?: string;
  /** What the policies looked at, as far as the workspace lets it be kept. */
  readonly attributes: readonly LoggedAttribute[];
}

/** Refused tokens as the log keeps them: one, or those of one second that share everything but the request. */
export interface LoggedRefusal {
  /** Its id. */
  readonly refusalId: string;
  /** When the first of them was refused, RFC 3339 in UTC. */
  readonly at: string;
  /** How many it stands for. */
  readonly count: number;
  /** The request that asked, the first of them. */
  readonly requestId: string;
  /** Why, as a stable code. */
  readonly code: string;
  /** What the token says of its issuer; nothing has proven it. */
  readonly unverifiedIssuer?: string;
  /** The provider whose signature was proven before the token was refused; absent before that. */
  readonly provider?: string;
  /** The token's `sub` or its pseudonym, once its signature was proven; absent before that and when erased. */
  readonly subject?: string;
  /** The resource asked for. */
  readonly resource: string;
  /** The action asked for. */
  readonly action: string;
}

/** One thing that was created, replaced or deleted. It holds no secret. */
export interface LoggedChange {
  /** Its id. */
  readonly changeId: string;
  /** The workspace's revision from this change on; an API key raises none. */
  readonly revision: number;
  /** When it was made, RFC 3339 in UTC. */
  readonly at: string;
  /** Who made it. */
  readonly by: {
    /** `api_key`, or `system` for the service itself; a newer server may know more of them. */
    readonly kind: string;
    /** The public part of the API key, or which part of the service. */
    readonly id: string;
  };
  /** The request; absent for the service's own changes. */
  readonly requestId?: string;
  /** What kind of thing; a newer server may know more of them. */
  readonly kind: string;
  /** Its key. */
  readonly key: string;
  /** What was done; revoking an API key is a `replace`. */
  readonly operation: "create" | "replace" | "delete";
  /** What it was before; absent when it was created. */
  readonly before?: JsonObject;
  /** What it was from then on; absent when it was deleted. */
  readonly after?: JsonObject;
}
