import type { CallOptions } from "../transport/call-options.js";
import type { VersionedOptions } from "./collection.js";
import { Collection } from "./collection.js";
import type { Connection } from "./connection.js";
import { objectHaving } from "./reads.js";
import type { Stored } from "./stored.js";

/** Where a policy applies. */
export interface PermissionTarget {
  /** The resource's name, or `*` for every custom resource. */
  readonly resource: string;
  /** The resource's actions, 1–64, or `["*"]` for all of them. */
  readonly actions: readonly string[];
  /** A higher number is looked at first, −1,000,000 to 1,000,000. @defaultValue `0` */
  readonly priority?: number;
}

/** A permission as it is replaced. */
export interface PermissionReplacement extends PermissionTarget {
  /** The name of the policy that decides. */
  readonly policy: string;
}

/** A permission as it is created. */
export interface NewPermission extends PermissionReplacement {
  /** Its key. @defaultValue a new one */
  readonly id?: string;
}

/** A permission: a policy decides about some actions of a resource. */
export interface Permission extends PermissionReplacement, Stored {
  /** Its key. */
  readonly id: string;
  /** A higher number is looked at first. */
  readonly priority: number;
}

interface PermissionTypes {
  readonly item: Permission;
  readonly created: Permission;
  readonly newItem: NewPermission;
  readonly replacement: PermissionReplacement;
  readonly createOptions: CallOptions;
  readonly replaceOptions: VersionedOptions;
  readonly deleteOptions: VersionedOptions;
}

/** Which policies decide about which actions of which resources. */
export class Permissions extends Collection<PermissionTypes> {
  /** Clients make them. */
  constructor(connection: Connection) {
    const reads = objectHaving<Permission>("id", "resource", "actions", "policy", "version");
    const path = `/v1/workspaces/${connection.workspaceId}/permissions`;
    super(connection, { name: "permissions", path, reads, readsCreated: reads });
  }
}
