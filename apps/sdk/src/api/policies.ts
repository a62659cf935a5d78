import type { CallOptions } from "../transport/call-options.js";
import type { Answer } from "./answer.js";
import { ask } from "./ask.js";
import type { VersionedOptions } from "./collection.js";
import { Collection } from "./collection.js";
import type { Connection } from "./connection.js";
import type { PageQuery } from "./pages.js";
import { Pages } from "./pages.js";
import { pathOf } from "./path.js";
import type { CreatedPolicy, NewPolicy, Policy, PolicyReplacement } from "./policy.js";
import type { PolicyValidation } from "./policy.js";
import { objectHaving } from "./reads.js";

interface PolicyTypes {
  readonly item: Policy;
  readonly created: CreatedPolicy;
  readonly newItem: NewPolicy;
  readonly replacement: PolicyReplacement;
  readonly createOptions: CallOptions;
  readonly replaceOptions: VersionedOptions;
  readonly deleteOptions: VersionedOptions;
}

/** How a policy goes back to an earlier version. */
export interface RollbackOptions extends VersionedOptions {
  /** The version to go back to. */
  readonly to: number;
}

const reads = objectHaving<Policy>("name", "specification", "version");

/** Policies. Every write is a new version; none is ever changed. */
export class Policies extends Collection<PolicyTypes> {
  readonly #connection: Connection;
  readonly #path: string;

  /** Clients make them. */
  constructor(connection: Connection) {
    const path = `/v1/workspaces/${connection.workspaceId}/policies`;
    const readsCreated = objectHaving<CreatedPolicy>("name", "specification", "permissions");
    super(connection, { name: "policies", path, reads, readsCreated });
    this.#connection = connection;
    this.#path = path;
  }

  /** Every version ever written under a name, newest first, those before a deletion too. */
  versions(
    name: string,
    { limit, cursor }: PageQuery = {},
    options: CallOptions = {},
  ): Pages<Policy> {
    const request = {
      operation: "policies.versions",
      path: `${this.#path}${pathOf(name)}/versions`,
      query: { limit, cursor },
      options,
    };
    return new Pages(this.#connection, request, reads);
  }

  /** One version of a policy. */
  async version(name: string, version: number, options: CallOptions = {}): Promise<Answer<Policy>> {
    const path = this.#path + pathOf(name, "versions", String(version));
    return ask(this.#connection, { operation: "policies.version", path, options }, reads);
  }

  /**
   * Writes what an earlier version (`to`) says as the newest, if the policy is still the one that was read.
   *
   * @throws ConflictError with code `version_stale` when it is not.
   */
  async rollback(name: string, options: RollbackOptions): Promise<Answer<Policy>> {
    const request = {
      operation: "policies.rollback",
      method: "POST",
      path: `${this.#path}${pathOf(name)}/rollback`,
      body: { version: options?.to },
      version: options?.version,
      options,
    } as const;
    return ask(this.#connection, request, reads);
  }

  /** Says everything worth knowing about a policy, also about one that is wrong, and stores nothing. */
  async validate(draft: object, options: CallOptions = {}): Promise<Answer<PolicyValidation>> {
    const request = {
      operation: "policies.validate",
      method: "POST",
      path: `${this.#path}/validate`,
      body: draft,
      repeatable: true,
      options,
    } as const;
    return ask(this.#connection, request, objectHaving<PolicyValidation>("valid", "findings"));
  }
}
