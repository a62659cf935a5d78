import { z } from "zod";
import { dataAnswer, type DataAnswer, pageAnswer, type PageAnswer } from "./envelope.js";
import { type PageQuery, pageQuerySchema } from "./page-schema.js";
import type { ItemPath, WorkspacePath } from "./paths.js";
import type { Route } from "./route.js";
import type { Scope } from "./scopes.js";

/** No parameters, in the path or in the query. */
export type NoParameters = Readonly<Record<string, never>>;
/** Reads {@link NoParameters}: any parameter is refused. */
export const noParametersSchema: z.ZodType<NoParameters> = z.strictObject({});
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
  /** Query parameters of a creation or replacement. */
  readonly writeQuery: unknown;
  /** Query parameters of a deletion. */
  readonly deleteQuery: unknown;
}

/** The types of a collection below a workspace. */
export interface ConfiguredTypes<
  NewBody,
  Body,
  Answer,
  NewAnswer = Answer,
  WriteQuery = NoParameters,
> {
  /** The workspace. */
  readonly parent: WorkspacePath;
  /** The workspace and the item's key. */
  readonly item: ItemPath;
  /** What creates an item. */
  readonly newBody: NewBody;
  /** What replaces an item. */
  readonly body: Body;
  /** An item as it is answered. */
  readonly answer: Answer;
  /** An item that has just been created. */
  readonly newAnswer: NewAnswer;
  /** Query parameters of a creation or replacement. */
  readonly writeQuery: WriteQuery;
  /** None. */
  readonly deleteQuery: NoParameters;
}

/** List, create, read, replace and delete. */
export interface CollectionRoutes<Types extends CollectionTypes> {
  /** All items, in pages. */
  readonly list: Route<Types["parent"], PageQuery, undefined, PageAnswer<Types["answer"]>>;
  /** Creates one. */
  readonly create: Route<
    Types["parent"],
    Types["writeQuery"],
    Types["newBody"],
    DataAnswer<Types["newAnswer"]>
  >;
  /** Reads one. */
  readonly read: Route<Types["item"], NoParameters, undefined, DataAnswer<Types["answer"]>>;
  /** Replaces one whole. */
  readonly replace: Route<
    Types["item"],
    Types["writeQuery"],
    Types["body"],
    DataAnswer<Types["answer"]>
  >;
  /** Deletes one. */
  readonly remove: Route<Types["item"], Types["deleteQuery"], undefined, undefined>;
}

/** What differs between collections. */
export interface CollectionDescription<Types extends CollectionTypes> {
  /** What one item is called, such as `a provider`. */
  readonly noun: string;
  /** What several are called, such as `providers`. */
  readonly plural: string;
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

const reading = {
  format: "json",
  method: "get",
  body: noBodySchema,
  bodyLimitBytes: 0,
  status: 200,
  requiresVersion: false,
} as const;

/** Makes the five routes of a collection. */
export function collectionRoutes<Types extends CollectionTypes>(
  description: CollectionDescription<Types>,
): CollectionRoutes<Types> {
  const { noun, plural, path, read, schemas } = description;
  return {
    list: {
      ...reading,
      path,
      summary: `Lists ${plural}, ordered by key.`,
      access: read,
      parameters: schemas.parent,
      query: pageQuerySchema,
      answer: pageAnswer(schemas.answer),
    },
    read: {
      ...reading,
      path: description.itemPath,
      summary: `Reads ${noun}.`,
      access: read,
      parameters: schemas.item,
      query: noParametersSchema,
      answer: dataAnswer(schemas.answer),
    },
    ...writingRoutes(description),
  };
}

function writingRoutes<Types extends CollectionTypes>(
  description: CollectionDescription<Types>,
): Pick<CollectionRoutes<Types>, "create" | "replace" | "remove"> {
  const { noun, path, itemPath, schemas } = description;
  const { write: access, bodyLimitBytes = ordinaryBodyLimitBytes } = description;
  const writing = { format: "json", access } as const;
  const replacing = {
    ...writing,
    path: itemPath,
    parameters: schemas.item,
    requiresVersion: true,
  };
  return {
    create: {
      ...writing,
      method: "post",
      path,
      summary: `Creates ${noun}.`,
      parameters: schemas.parent,
      query: schemas.writeQuery,
      body: schemas.newBody,
      bodyLimitBytes,
      status: 201,
      answer: dataAnswer(schemas.newAnswer),
      requiresVersion: false,
    },
    replace: {
      ...replacing,
      method: "put",
      summary: `Replaces ${noun} whole.`,
      query: schemas.writeQuery,
      body: schemas.body,
      bodyLimitBytes,
      status: 200,
      answer: dataAnswer(schemas.answer),
    },
    remove: {
      ...replacing,
      method: "delete",
      summary: `Deletes ${noun}.`,
      query: schemas.deleteQuery,
      body: noBodySchema,
      bodyLimitBytes: 0,
      status: 204,
      answer: noBodySchema,
    },
  };
}
