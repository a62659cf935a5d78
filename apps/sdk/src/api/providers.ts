import type { CallOptions } from "../transport/call-options.js";
import type { Answer } from "./answer.js";
import { ask } from "./ask.js";
import type { VersionedOptions } from "./collection.js";
import { Collection } from "./collection.js";
import type { Connection } from "./connection.js";
import { pathOf } from "./path.js";
import type { NewProvider, Provider, ProviderReplacement } from "./provider.js";
import type { ConnectionReport, ProviderKeys, TokenDiagnosis } from "./provider-tests.js";
import { objectHaving } from "./reads.js";

/** How a provider is stored. */
interface StoreOptions {
  /** Whether to store it without fetching its keys first. @defaultValue `false` */
  readonly skipConnectionTest?: boolean | undefined;
}

/** How a provider is created. */
export interface CreateProviderOptions extends CallOptions, StoreOptions {}

/** How a provider is replaced. */
export interface ReplaceProviderOptions extends VersionedOptions, StoreOptions {}

interface ProviderTypes {
  readonly item: Provider;
  readonly created: Provider;
  readonly newItem: NewProvider;
  readonly replacement: ProviderReplacement;
  readonly createOptions: CreateProviderOptions;
  readonly replaceOptions: ReplaceProviderOptions;
  readonly deleteOptions: VersionedOptions;
}

function storeQuery({ skipConnectionTest }: StoreOptions): StoreOptions {
  return { skipConnectionTest };
}

/** The identity providers whose tokens are trusted. */
export class Providers extends Collection<ProviderTypes> {
  readonly #connection: Connection;
  readonly #path: string;

  /** Clients make them. */
  constructor(connection: Connection) {
    const reads = objectHaving<Provider>("id", "name", "issuer", "allowedAudiences", "version");
    const path = `/v1/workspaces/${connection.workspaceId}/providers`;
    super(connection, {
      name: "providers",
      path,
      reads,
      readsCreated: reads,
      createQuery: (options) => ({ ...storeQuery(options) }),
      replaceQuery: (options) => ({ ...storeQuery(options) }),
    });
    this.#connection = connection;
    this.#path = path;
  }

  /** Takes a token through every step of a check and says what is wrong with it. Grants nothing, records nothing. */
  async test(
    key: string,
    token: string,
    options: CallOptions = {},
  ): Promise<Answer<TokenDiagnosis>> {
    const request = {
      operation: "providers.test",
      method: "POST",
      path: `${this.#path}${pathOf(key)}/test`,
      body: { token },
      repeatable: true,
      secrets: [token],
      options,
    } as const;
    return ask(this.#connection, request, objectHaving<TokenDiagnosis>("steps", "notes"));
  }

  /** Fetches the keys of a provider that is not stored yet, and says what was found. */
  async testConnection(
    provider: NewProvider,
    options: CallOptions = {},
  ): Promise<Answer<ConnectionReport>> {
    const request = {
      operation: "providers.testConnection",
      method: "POST",
      path: `${this.#path}/test-connection`,
      body: provider,
      repeatable: true,
      options,
    } as const;
    return ask(this.#connection, request, objectHaving<ConnectionReport>("ok", "found"));
  }

  /** The keys that the provider's tokens are verified with, how old they are, and what went wrong last. */
  async keys(key: string, options: CallOptions = {}): Promise<Answer<ProviderKeys>> {
    const path = `${this.#path}${pathOf(key)}/keys`;
    const request = { operation: "providers.keys", path, options };
    return ask(this.#connection, request, objectHaving<ProviderKeys>("state", "keys"));
  }

  /** Fetches the provider's keys now, whatever their age. */
  async refreshKeys(key: string, options: CallOptions = {}): Promise<Answer<ProviderKeys>> {
    const request = {
      operation: "providers.refreshKeys",
      method: "POST",
      path: `${this.#path}${pathOf(key)}/refresh-keys`,
      repeatable: true,
      options,
    } as const;
    return ask(this.#connection, request, objectHaving<ProviderKeys>("state", "keys"));
  }
}
