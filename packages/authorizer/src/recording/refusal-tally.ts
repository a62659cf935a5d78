import type { TokenRefusalRecord } from "@byot/storage";
import type { RefusedToken } from "./refusal-recorder.js";

/** Refused tokens as one record, before it has an id. */
export type RefusalTally = Omit<TokenRefusalRecord, "refusalId">;

/** Stands in a record of several refused tokens for a code, a resource or an action that they do not share. */
const several = "*";

/** One refused token. */
export function tallyOf(refused: RefusedToken): RefusalTally {
  return { ...refused, count: 1 };
}

/**
 * One record of two: the time and the request of the first, and of the rest what they share. Nobody is named whom only
 * one of them is about.
 */
export function mergeTallies(first: RefusalTally, other: RefusalTally): RefusalTally {
  return {
    ...sharedIdentity(first, other),
    ...anonymous(first),
    count: first.count + other.count,
    code: shared(first.code, other.code),
    resource: shared(first.resource, other.resource),
    action: shared(first.action, other.action),
  };
}

/** The number of refused tokens, and next to nothing else: what fits into any log. */
export function countAlone(tally: RefusalTally): RefusalTally {
  return { ...anonymous(tally), code: tally.code, resource: several, action: several };
}

function anonymous({
  workspaceId,
  at,
  requestId,
  count,
}: RefusalTally): Pick<RefusalTally, "workspaceId" | "at" | "requestId" | "count"> {
  return { workspaceId, at, requestId, count };
}

function shared(first: string, other: string): string {
  return first === other ? first : several;
}

function sharedIdentity(
  first: RefusalTally,
  other: RefusalTally,
): Pick<RefusalTally, "unverifiedIssuer" | "providerId" | "subject"> {
  const { unverifiedIssuer, providerId, subject } = first;
  const isOneIssuer = unverifiedIssuer === other.unverifiedIssuer;
  return {
    ...(unverifiedIssuer !== undefined && isOneIssuer && { unverifiedIssuer }),
    ...(providerId !== undefined && providerId === other.providerId && { providerId }),
    // Two issuers may call two people the same.
    ...(subject !== undefined && isOneIssuer && subject === other.subject && { subject }),
  };
}
