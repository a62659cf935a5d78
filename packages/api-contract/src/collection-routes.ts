import { z } from "zod";
import { dataAnswer, type DataAnswer, pageAnswer, type PageAnswer } from "./envelope.js";
import { type PageQuery, pageQuerySchema } from "./page-schema.js";
import type { Route } from "./route.js";
import type { Scope } from "./scopes.js";

/** No query parameters. */
export type NoQuery = Readonly<Record<never, never>>;
/** Reads {@link NoQuery}: anything in the query is refused. */
export const noQuerySchema: z.ZodType<NoQuery> = z.strictObject({});
/** Reads the body of a route that has none. */
export const noBodySchema: z.ZodType<undefined> = z.undefined();

const kibibyte = 1024;
/** The largest body of most routes, in bytes. */
export const ordinaryBodyLimitBytes: number = 64 * kibibyte;
/** The largest body of a route that takes a policy, in bytes. */
export const policyBodyLimitBytes: number = 1024 * kibibyte;

/** The types that a collection's routes are made of. */
export interface CollectionTypes {
  /** Parameters of the collection's path. */
  readonly parent: unknown;
  /** Parameters of one item's path. */
  readonly item: unknown;
  /** What creates an item. */
  readonly newBody: unknown;
  /** What replaces an item. */
  readonly body: unknown;
  /** An item as it is answered. */
  readonly answer: unknown;
  /** An item that has just been created. */
  readonly newAnswer: unknown;
  /** Query parameters of a deletion. */
  readonly deleteQuery: unknown;
}

/** List, create, read, replace and delete. */
export interface CollectionRoutes<Types extends CollectionTypes> {
  /** All items, in pages. */
  readonly list: Route<Types["parent"], PageQuery, undefined, PageAnswer<Types["answer"]>>;
  /** Creates one. */
  readonly create: Route<
    Types["parent"],
    NoQuery,
    Types["newBody"],
    DataAnswer<Types["newAnswer"]>
  >;
  /** Reads one. */
  readonly read: Route<Types["item"], NoQuery, undefined, DataAnswer<Types["answer"]>>;
  /** Replaces one whole. */
  readonly replace: Route<Types["item"], NoQuery, Types["body"], DataAnswer<Types["answer"]>>;
  /** Deletes one. */
  readonly remove: Route<Types["item"], Types["deleteQuery"], undefined, undefined>;
}

/** What differs between collections. */
export interface CollectionDescription<Types extends CollectionTypes> {
  /** What one item is called, such as `a provider`. */
  readonly noun: string;
  /** The collection's path. */
  readonly path: string;
  /** One item's path. */
  readonly itemPath: string;
  /** The scope that reads. */
  readonly read: Scope;
  /** The scope that writes. */
  readonly write: Scope;
  /** The largest body, in bytes. @defaultValue {@link ordinaryBodyLimitBytes} */
  readonly bodyLimitBytes?: number;
  /** The schemas of the types. */
  readonly schemas: { readonly [Name in keyof Types]: z.ZodType<Types[Name]> };
}

/** Makes the five routes of a collection. */
export function collectionRoutes<Types extends CollectionTypes>(
  description: CollectionDescription<Types>,
): CollectionRoutes<Types> {
  const { noun, path, itemPath, schemas } = description;
  const bodyLimitBytes = description.bodyLimitBytes ?? ordinaryBodyLimitBytes;
  const reading = {
    method: "get",
    access: description.read,
    body: noBodySchema,
    bodyLimitBytes: 0,
    status: 200,
    requiresVersion: false,
  } as const;
  const one = { path: itemPath, parameters: schemas.item, query: noQuerySchema };
  return {
    list: {
      ...reading,
      path,
      summary: `Lists what is like ${noun}, by key.`,
      parameters: schemas.parent,
      query: pageQuerySchema,
      answer: pageAnswer(schemas.answer),
    },
    create: {
      method: "post",
      path,
      summary: `Creates ${noun}.`,
      access: description.write,
      parameters: schemas.parent,
      query: noQuerySchema,
      body: schemas.newBody,
      bodyLimitBytes,
      status: 201,
      answer: dataAnswer(schemas.newAnswer),
      requiresVersion: false,
    },
    read: { ...reading, ...one, summary: `Reads ${noun}.`, answer: dataAnswer(schemas.answer) },
    replace: {
      ...one,
      method: "put",
      summary: `Replaces ${noun} whole.`,
      access: description.write,
      body: schemas.body,
      bodyLimitBytes,
      status: 200,
      answer: dataAnswer(schemas.answer),
      requiresVersion: true,
    },
    remove: {
      ...one,
      method: "delete",
      summary: `Deletes ${noun}.`,
      access: description.write,
      query: schemas.deleteQuery,
      body: noBodySchema,
      bodyLimitBytes: 0,
      status: 204,
      answer: noBodySchema,
      requiresVersion: true,
    },
  };
}
