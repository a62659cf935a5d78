import type { CallOptions } from "../transport/call-options.js";
import type { VersionedOptions } from "./collection.js";
import { Collection } from "./collection.js";
import type { Connection } from "./connection.js";
import { objectHaving } from "./reads.js";
import type { Stored } from "./stored.js";

/** What a workspace may choose for itself. */
export interface WorkspaceSettings {
  /** Whether a check needs an API key beside the user's token. @defaultValue `false` */
  readonly checksRequireApiKey: boolean;
  /**
   * When a decision is answered: `strict` once its record is durable, `buffered` at once, with the last records lost in
   * a crash, `off` without any record. @defaultValue `"strict"`
   */
  readonly decisionLog: "strict" | "buffered" | "off";
  /**
   * What the decision log keeps of the attributes that policies looked at: nothing, their names and origins, or their
   * values too. @defaultValue `"names"`
   */
  readonly logAttributes: "none" | "names" | "values";
  /** Whether the logs hold a keyed pseudonym in the place of each subject. @defaultValue `false` */
  readonly hashSubjects: boolean;
  /** The IANA time zone of `day_of_week` and of conditions that name none. @defaultValue `"UTC"` */
  readonly timeZone: string;
  /** Whether `ip_address` is the connection's address where a check has no `clientIp`. @defaultValue `false` */
  readonly ipFromConnection: boolean;
  /** For how many days the logs are kept, 1–36,500. @defaultValue `90` */
  readonly retentionDays: number;
}

/** A workspace as it is replaced. */
export interface WorkspaceReplacement {
  /** A name for people, at most 100 characters. */
  readonly name: string;
  /** Each of its settings. */
  readonly settings: WorkspaceSettings;
}

/** A workspace as it is created. */
export interface NewWorkspace {
  /** Its key: `[a-z][a-z0-9_-]{0,62}`. */
  readonly id: string;
  /** A name for people, at most 100 characters. */
  readonly name: string;
  /** The settings that differ from their defaults. @defaultValue `{}` */
  readonly settings?: Partial<WorkspaceSettings>;
}

/** A workspace. */
export interface Workspace extends WorkspaceReplacement, Stored {
  /** Its key. */
  readonly id: string;
}

/** How a workspace is deleted. */
export interface DeleteWorkspaceOptions extends VersionedOptions {
  /** Whether to delete what is in it too. @defaultValue `false`: only an empty one is deleted */
  readonly cascade?: boolean | undefined;
}

interface WorkspaceTypes {
  readonly item: Workspace;
  readonly created: Workspace;
  readonly newItem: NewWorkspace;
  readonly replacement: WorkspaceReplacement;
  readonly createOptions: CallOptions;
  readonly replaceOptions: VersionedOptions;
  readonly deleteOptions: DeleteWorkspaceOptions;
}

/** Workspaces, all of them: keys name one, whatever workspace the client asks. */
export class Workspaces extends Collection<WorkspaceTypes> {
  /** Clients make them. */
  constructor(connection: Connection) {
    const reads = objectHaving<Workspace>("id", "name", "settings", "version");
    super(connection, {
      name: "workspaces",
      path: "/v1/workspaces",
      reads,
      readsCreated: reads,
      deleteQuery: ({ cascade }) => ({ cascade }),
    });
  }
}
