import type {
  CollectionRoutes,
  CollectionTypes,
  Route,
  RouteInput,
  Routes,
} from "@byot/api-contract";
import type { ApiKeyRecord } from "@byot/storage";
import type { Outcome } from "./outcome.js";

/** One call of an operation. */
export interface Invocation<Path, Query, Body> extends RouteInput<Path, Query, Body> {
  /** The API key that was sent and found good; `undefined` where none was needed and none was sent. */
  readonly apiKey: ApiKeyRecord | undefined;
  /** The version that the caller expects to change; 0 where the route needs none. */
  readonly expectedVersion: number;
  /** The request, as echoed in `X-Request-Id`. */
  readonly requestId: string;
}

/** What an operation answers when it was done. */
export interface Answered<Answer> {
  /** The whole body of the answer; `undefined` for none. */
  readonly answer: Answer;
  /** The version of what is answered. */
  readonly version?: number;
}

/** One use case, without any HTTP in it. */
export type Operation<Path, Query, Body, Answer> = (
  invocation: Invocation<Path, Query, Body>,
) => Promise<Outcome<Answered<Answer>>>;

/** The operation behind a route. */
export type OperationOf<AnyRoute> =
  AnyRoute extends Route<infer Path, infer Query, infer Body, infer Answer>
    ? Operation<Path, Query, Body, Answer>
    : never;

/** The operations behind a group of routes. */
export type OperationsOf<Group> = { readonly [Name in keyof Group]: OperationOf<Group[Name]> };

/** The operations behind a collection's routes. */
export type CollectionOperations<Types extends CollectionTypes> = OperationsOf<
  CollectionRoutes<Types>
>;

/** The operations behind all routes. */
export type Operations = { readonly [Group in keyof Routes]: OperationsOf<Routes[Group]> };
