import type { CallOptions } from "../transport/call-options.js";
import type { VersionedOptions } from "./collection.js";
import { Collection } from "./collection.js";
import type { Connection } from "./connection.js";
import { objectHaving } from "./reads.js";
import type { Stored } from "./stored.js";

/** A resource as it is replaced. */
export interface ResourceReplacement {
  /** One sentence for people, at most 500 characters. */
  readonly description?: string;
  /** Free text to group by, at most 63 characters; `system` is reserved. @defaultValue `"custom"` */
  readonly category?: string;
  /** What can be done with it: 1–64 names. */
  readonly actions: readonly string[];
}

/** A resource as it is created. */
export interface NewResource extends ResourceReplacement {
  /** Its key, as checks spell it. */
  readonly name: string;
}

/** A resource. */
export interface Resource extends NewResource, Stored {
  /** What it is grouped under. */
  readonly category: string;
}

interface ResourceTypes {
  readonly item: Resource;
  readonly created: Resource;
  readonly newItem: NewResource;
  readonly replacement: ResourceReplacement;
  readonly createOptions: CallOptions;
  readonly replaceOptions: VersionedOptions;
  readonly deleteOptions: VersionedOptions;
}

/** What checks ask about: named things and their actions. */
export class Resources extends Collection<ResourceTypes> {
  /** Clients make them. */
  constructor(connection: Connection) {
    const reads = objectHaving<Resource>("name", "category", "actions", "version");
    const path = `/v1/workspaces/${connection.workspaceId}/resources`;
    super(connection, { name: "resources", path, reads, readsCreated: reads });
  }
}
