import type { Answer } from "./api/answer.js";
import { ApiKeys } from "./api/api-keys.js";
import { ask } from "./api/ask.js";
import { Audit } from "./api/audit.js";
import { Config } from "./api/config.js";
import type { Connection } from "./api/connection.js";
import { Permissions } from "./api/permissions.js";
import { Policies } from "./api/policies.js";
import { Presets } from "./api/presets.js";
import { Providers } from "./api/providers.js";
import { objectHaving } from "./api/reads.js";
import { Resources } from "./api/resources.js";
import type { Simulation, SimulationResult } from "./api/simulation.js";
import { Workspaces } from "./api/workspaces.js";
import { CheckClient } from "./check-client.js";
import type { ByotClientOptions } from "./client-options.js";
import type { CallOptions } from "./transport/call-options.js";

/**
 * Everything a byot server can be asked: decisions for a user's token, and its configuration and logs for an API key.
 * One client serves a whole application; it holds no connection and no cache.
 */
export class ByotClient extends CheckClient {
  /** Workspaces, all of them. */
  readonly workspaces: Workspaces;
  /** The identity providers whose tokens are trusted. */
  readonly providers: Providers;
  /** Policies and their versions. */
  readonly policies: Policies;
  /** What checks ask about. */
  readonly resources: Resources;
  /** Which policies decide about what. */
  readonly permissions: Permissions;
  /** The API keys of the workspace. */
  readonly apiKeys: ApiKeys;
  /** What was decided, refused and changed. */
  readonly audit: Audit;
  /** The whole configuration as one document. */
  readonly config: Config;
  /** What the server knows of identity providers. */
  readonly presets: Presets;
  readonly #connection: Connection;

  /**
   * @throws TypeError when an option is missing or malformed, with what to do about it.
   */
  constructor(options: ByotClientOptions = {}) {
    super(options);
    const connection: Connection = {
      workspaceId: this.workspaceId,
      timeoutMs: options.timeoutMs,
      send: async (call) => this.send(call),
    };
    this.#connection = connection;
    this.workspaces = new Workspaces(connection);
    this.providers = new Providers(connection);
    this.policies = new Policies(connection);
    this.resources = new Resources(connection);
    this.permissions = new Permissions(connection);
    this.apiKeys = new ApiKeys(connection);
    this.audit = new Audit(connection);
    this.config = new Config(connection);
    this.presets = new Presets(connection);
  }

  /**
   * Evaluates policies with given attributes in the place of a token, and explains. Needs an API key with the scope
   * `decisions:explain`. It is no authorization: nothing may be allowed because of it.
   *
   * @throws ByotError or one of its subclasses.
   */
  async simulate(
    simulation: Simulation,
    options: CallOptions = {},
  ): Promise<Answer<SimulationResult>> {
    const request = {
      operation: "simulate",
      method: "POST",
      path: `/v1/workspaces/${this.workspaceId}/simulate`,
      body: simulation,
      repeatable: true,
      options,
    } as const;
    const reads = objectHaving<SimulationResult>("allowed", "decision", "reason", "explanation");
    return ask(this.#connection, request, reads);
  }

  override withOptions(options: ByotClientOptions): ByotClient {
    return new ByotClient(this.optionsWith(options));
  }
}
