import { ByotError } from "../errors/errors.js";
import type { CallOptions } from "../transport/call-options.js";
import type { Answer } from "./answer.js";
import { ask } from "./ask.js";
import type { VersionedOptions } from "./collection.js";
import type { ConfigDocument, ConfigPlan } from "./config-document.js";
import type { Connection } from "./connection.js";
import { objectHaving } from "./reads.js";

/** How a configuration is planned or applied; `version` is the one that `export` answered. */
export interface ApplyOptions extends VersionedOptions {
  /** Whether to take new or changed providers without fetching their keys first. @defaultValue `false` */
  readonly skipConnectionTest?: boolean | undefined;
}

/** A whole configuration and the revision it was made from. */
export interface ExportedConfig extends Answer<ConfigDocument> {
  /** The revision; pass it to `plan` and `apply`. */
  readonly version: number;
}

/** The workspace's whole configuration as one document. */
export class Config {
  readonly #connection: Connection;
  readonly #path: string;

  /** Clients make them. */
  constructor(connection: Connection) {
    this.#connection = connection;
    this.#path = `/v1/workspaces/${connection.workspaceId}/config`;
  }

  /** The document, and as `version` the revision it was made from. Without changes it is the same each time. */
  async export(options: CallOptions = {}): Promise<ExportedConfig> {
    const request = { operation: "config.export", path: this.#path, options };
    const reads = objectHaving<ConfigDocument>("formatVersion", "workspace", "policies");
    const { version, ...answer } = await ask(this.#connection, request, reads);
    if (version === undefined) {
      throw new ByotError("the answer to `config.export` has no version", {
        code: "response_invalid",
        status: 200,
        requestId: answer.requestId,
        fix: "Let proxies and CORS settings pass on the header field `ETag`.",
      });
    }
    return { ...answer, version };
  }

  /** What `apply` would do; nothing is done. */
  async plan(document: ConfigDocument, options: ApplyOptions): Promise<Answer<ConfigPlan>> {
    return this.#put(document, options, true);
  }

  /**
   * Makes the workspace what the document says, all of it or nothing, if it is still at the revision `version`.
   *
   * @throws ConflictError with code `version_stale` when it is not.
   */
  async apply(document: ConfigDocument, options: ApplyOptions): Promise<Answer<ConfigPlan>> {
    return this.#put(document, options, false);
  }

  async #put(
    document: ConfigDocument,
    options: ApplyOptions,
    dryRun: boolean,
  ): Promise<Answer<ConfigPlan>> {
    const request = {
      operation: dryRun ? "config.plan" : "config.apply",
      method: "PUT",
      path: this.#path,
      query: {
        dryRun: dryRun ? true : undefined,
        skipConnectionTest: options?.skipConnectionTest,
      },
      body: document,
      version: options?.version,
      repeatable: dryRun,
      options,
    } as const;
    const reads = objectHaving<ConfigPlan>("applied", "created", "changed", "deleted");
    return ask(this.#connection, request, reads);
  }
}
