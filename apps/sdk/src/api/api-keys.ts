import type { CallOptions } from "../transport/call-options.js";
import type { Answer, Done } from "./answer.js";
import { ask } from "./ask.js";
import type { Connection } from "./connection.js";
import type { PageQuery } from "./pages.js";
import { Pages } from "./pages.js";
import { pathOf } from "./path.js";
import { objectHaving, readsNothing } from "./reads.js";

/** One thing an API key may be allowed to do. */
export type Scope =
  | "workspaces:read"
  | "workspaces:write"
  | "config:read"
  | "config:write"
  | "keys:read"
  | "keys:write"
  | "audit:read"
  | "audit:write"
  | "decisions:explain"
  | "decisions:subject"
  | "decisions:client_ip";

/** An API key as it is created. It opens the client's workspace and no other. */
export interface NewApiKey {
  /** A name for people, at most 100 characters. */
  readonly name: string;
  /** What it may do; each must be within the scopes of the key that creates it. */
  readonly scopes: readonly Scope[];
  /** From when on it is refused, RFC 3339. @defaultValue never */
  readonly expiresAt?: string;
}

/** An API key: everything but its secret. */
export interface ApiKey {
  /** The public part of the key. */
  readonly id: string;
  /** A name for people. */
  readonly name: string;
  /** What it may do. */
  readonly scopes: readonly string[];
  /** When it was made, RFC 3339 in UTC. */
  readonly createdAt: string;
  /** From when on it is refused, RFC 3339 in UTC. */
  readonly expiresAt?: string;
  /** When it was revoked, RFC 3339 in UTC. */
  readonly revokedAt?: string;
}

/** An API key that has just been created. */
export interface CreatedApiKey extends ApiKey {
  /** The whole key. It is shown this once and cannot be read again. */
  readonly key: string;
}

/** The API keys of the workspace. */
export class ApiKeys {
  readonly #connection: Connection;
  readonly #path: string;

  /** Clients make them. */
  constructor(connection: Connection) {
    this.#connection = connection;
    this.#path = `/v1/workspaces/${connection.workspaceId}/api-keys`;
  }

  /** All keys without their secrets, revoked ones too. */
  list({ limit, cursor }: PageQuery = {}, options: CallOptions = {}): Pages<ApiKey> {
    const request = {
      operation: "apiKeys.list",
      path: this.#path,
      query: { limit, cursor },
      options,
    };
    return new Pages(this.#connection, request, objectHaving<ApiKey>("id", "name", "scopes"));
  }

  /** Creates a key and shows it, once. */
  async create(body: NewApiKey, options: CallOptions = {}): Promise<Answer<CreatedApiKey>> {
    const request = {
      operation: "apiKeys.create",
      method: "POST",
      path: this.#path,
      body,
      status: 201,
      options,
    } as const;
    return ask(this.#connection, request, objectHaving<CreatedApiKey>("id", "scopes", "key"));
  }

  /** Revokes a key for good, by its `id`. */
  async revoke(id: string, options: CallOptions = {}): Promise<Done> {
    const request = {
      operation: "apiKeys.revoke",
      method: "DELETE",
      path: this.#path + pathOf(id),
      status: 204,
      options,
    } as const;
    return ask(this.#connection, request, readsNothing);
  }
}
