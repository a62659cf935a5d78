import type { CallOptions } from "../transport/call-options.js";
import type { Answer, Done } from "./answer.js";
import { ask } from "./ask.js";
import type { Connection } from "./connection.js";
import type { PageQuery } from "./pages.js";
import { Pages } from "./pages.js";
import type { Query } from "./path.js";
import { pathOf } from "./path.js";
import type { Reads } from "./reads.js";
import { readsNothing } from "./reads.js";

/** Options of a call that changes or deletes what was read before. */
export interface VersionedOptions extends CallOptions {
  /** The `version` of what was read: the call fails with `version_stale` if somebody changed it since. */
  readonly version: number;
}

/** The types that differ between collections. */
export interface CollectionTypes {
  /** One item as it is answered. */
  readonly item: unknown;
  /** One that was just created, as it is answered. */
  readonly created: unknown;
  /** What creates one. */
  readonly newItem: unknown;
  /** What replaces one. */
  readonly replacement: unknown;
  /** How one is created. */
  readonly createOptions: CallOptions;
  /** How one is replaced. */
  readonly replaceOptions: VersionedOptions;
  /** How one is deleted. */
  readonly deleteOptions: VersionedOptions;
}

/** What differs between collections. */
export interface CollectionDescription<Types extends CollectionTypes> {
  /** The client's property, such as `policies`. */
  readonly name: string;
  /** Where the collection is. */
  readonly path: string;
  /** Recognizes an item. */
  readonly reads: Reads<Types["item"]>;
  /** Recognizes one that was just created. */
  readonly readsCreated: Reads<Types["created"]>;
  /** The query parameters among the options of a creation. @defaultValue none */
  readonly createQuery?: (options: Types["createOptions"]) => Query;
  /** The query parameters among the options of a replacement. @defaultValue none */
  readonly replaceQuery?: (options: Types["replaceOptions"]) => Query;
  /** The query parameters among the options of a deletion. @defaultValue none */
  readonly deleteQuery?: (options: Types["deleteOptions"]) => Query;
}

/**
 * Configured things: list, create, read, replace and delete. Every method throws a `ByotError` or one of its
 * subclasses, and needs an API key.
 */
export class Collection<Types extends CollectionTypes> {
  readonly #connection: Connection;
  readonly #description: CollectionDescription<Types>;

  /** Clients make them. */
  constructor(connection: Connection, description: CollectionDescription<Types>) {
    this.#connection = connection;
    this.#description = description;
  }

  /** All items, ordered by key. */
  list(query: PageQuery = {}, options: CallOptions = {}): Pages<Types["item"]> {
    const { name, path, reads } = this.#description;
    const { limit, cursor } = query;
    const request = { operation: `${name}.list`, path, query: { limit, cursor }, options };
    return new Pages(this.#connection, request, reads);
  }

  /** One item, by its key. */
  async read(key: string, options: CallOptions = {}): Promise<Answer<Types["item"]>> {
    const { name, path, reads } = this.#description;
    const request = { operation: `${name}.read`, path: path + pathOf(key), options };
    return ask(this.#connection, request, reads);
  }

  /** Creates one. It is not tried again after a lost connection, which might have created it. */
  async create(
    body: Types["newItem"],
    options?: Types["createOptions"],
  ): Promise<Answer<Types["created"]>> {
    const { name, path, readsCreated, createQuery } = this.#description;
    const request = {
      operation: `${name}.create`,
      method: "POST",
      path,
      query: options === undefined ? {} : (createQuery?.(options) ?? {}),
      body,
      status: 201,
      options: options ?? {},
    } as const;
    return ask(this.#connection, request, readsCreated);
  }

  /**
   * Replaces one whole, if it is still the one that was read.
   *
   * @throws ConflictError with code `version_stale` when it is not.
   */
  async replace(
    key: string,
    body: Types["replacement"],
    options: Types["replaceOptions"],
  ): Promise<Answer<Types["item"]>> {
    const { name, path, reads, replaceQuery } = this.#description;
    const request = {
      operation: `${name}.replace`,
      method: "PUT",
      path: path + pathOf(key),
      query: replaceQuery?.(options) ?? {},
      body,
      version: options?.version,
      options,
    } as const;
    return ask(this.#connection, request, reads);
  }

  /**
   * Deletes one, if it is still the one that was read.
   *
   * @throws ConflictError with code `version_stale` when it is not.
   */
  async delete(key: string, options: Types["deleteOptions"]): Promise<Done> {
    const { name, path, deleteQuery } = this.#description;
    const request = {
      operation: `${name}.delete`,
      method: "DELETE",
      path: path + pathOf(key),
      query: deleteQuery?.(options) ?? {},
      version: options?.version,
      status: 204,
      options,
    } as const;
    return ask(this.#connection, request, readsNothing);
  }
}
