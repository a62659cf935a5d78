import type { ConfiguredStore } from "./configured-store.js";
import type { Stored } from "./stored.js";

/** What a caller decides about a resource. */
export interface ResourceInput {
  /** The key, as checks and permissions spell it. */
  readonly name: string;
  /** One sentence for people. */
  readonly description?: string;
  /** Free text to group resources by. */
  readonly category: string;
  /** What can be done with it; at least one, no duplicates. */
  readonly actions: readonly string[];
}

/** A named thing that checks are about, with the actions it knows. */
export interface ResourceRecord extends ResourceInput, Stored {}

/** Where resources are read; the key is the resource's name. */
export type ResourceStore = ConfiguredStore<ResourceRecord>;
