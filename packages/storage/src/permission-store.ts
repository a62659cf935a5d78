import type { ConfiguredStore } from "./configured-store.js";
import type { Stored } from "./stored.js";

/** What a caller decides about a permission. */
export interface PermissionInput {
  /** The key. */
  readonly id: string;
  /** The resource's name, or `*` for every custom resource. */
  readonly resource: string;
  /** Names of the resource's actions, or `*` alone for all of them. */
  readonly actions: readonly string[];
  /** The name of the policy that decides. */
  readonly policy: string;
  /** A higher number is looked at first. */
  readonly priority: number;
}

/** Links one resource, some of its actions and one policy. */
export interface PermissionRecord extends PermissionInput, Stored {}

/** Where permissions are read; the key is the permission's id. */
export type PermissionStore = ConfiguredStore<PermissionRecord>;
