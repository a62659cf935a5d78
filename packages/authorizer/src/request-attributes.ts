import type { AttributeInput } from "@byot/policy-engine";
import type { CheckOrigin } from "./check.js";
import type { Principal } from "./principal.js";
import { isoText } from "./iso-text.js";
import type { WorkspaceSnapshot } from "./snapshots/workspace-snapshot.js";

/** The user's address, and who says so. */
export interface UserAddress {
  /** The address. */
  readonly ip: string;
  /** Whether the caller states it, or it is that of the connection. */
  readonly origin: "caller" | "server";
}

/** When and from where a check is made. */
export interface Circumstances {
  /** When. */
  readonly now: Date;
  /** From where; `undefined` when that is not known. */
  readonly address: UserAddress | undefined;
}

/**
 * Whose address policies may read. The connection is usually that of the application's own server, so that it counts
 * only where the workspace says so.
 */
export function addressOf(
  { settings }: WorkspaceSnapshot,
  { clientIp, connectionIp }: Pick<CheckOrigin, "clientIp" | "connectionIp">,
): UserAddress | undefined {
  if (clientIp !== undefined) {
    return { ip: clientIp, origin: "caller" };
  }
  return settings.ipFromConnection && connectionIp !== undefined
    ? { ip: connectionIp, origin: "server" }
    : undefined;
}

/**
 * What policies may read, but for what is asked. What is known of the principal is set last: no mapping and no property
 * can take the place of `external_subject` or `is_external_principal`.
 */
export function namedAttributes(
  snapshot: WorkspaceSnapshot,
  principal: Principal,
  circumstances: Circumstances,
): ReadonlyMap<string, AttributeInput> {
  const named = new Map<string, AttributeInput>();
  for (const [name, value] of principal.attributes) {
    named.set(name, value);
  }
  named
    .set("is_external_principal", principal.isExternal)
    .set("external_subject", principal.subject);
  if (principal.audience !== undefined) {
    named.set("external_issuer", principal.issuer).set("external_audience", principal.audience);
  }
  return setCircumstances(named, snapshot, circumstances);
}

/** Adds the time and the address. */
export function setCircumstances(
  named: Map<string, AttributeInput>,
  snapshot: WorkspaceSnapshot,
  { now, address }: Circumstances,
): ReadonlyMap<string, AttributeInput> {
  named.set("current_time", isoText(now)).set("day_of_week", snapshot.dayOfWeek(now));
  return address === undefined ? named : named.set("ip_address", address.ip);
}
