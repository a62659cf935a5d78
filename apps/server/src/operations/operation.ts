import type {
  AuthzenRoutes,
  CollectionRoutes,
  CollectionTypes,
  Route,
  RouteInput,
  Routes,
  StreamRoute,
} from "@byot/api-contract";
import type { ShownKey } from "../access/shown-key.js";
import type { Outcome } from "./outcome.js";
import type { SessionChange } from "./session-change.js";

/** One call of an operation. */
export interface Invocation<Path, Query, Body> extends RouteInput<Path, Query, Body> {
  /** The API key that was sent and found good; `undefined` where none was needed and none was sent. */
  readonly apiKey: ShownKey | undefined;
  /** The version that the caller expects to change; 0 where the route needs none. */
  readonly expectedVersion: number;
  /** The request, as echoed in `X-Request-Id`. */
  readonly requestId: string;
  /** The address of the connection that the request came by; `undefined` once it is gone. */
  readonly connectionIp: string | undefined;
  /** The user's token as AuthZEN carries it beside the body; `undefined` where it does not. */
  readonly subjectToken: string | undefined;
}

/** What an operation answers when it was done. */
export interface Answered<Answer> {
  /** The whole body of the answer; `undefined` for none. */
  readonly answer: Answer;
  /** The version of what is answered. */
  readonly version?: number;
  /** What becomes of the caller's session; absent when nothing does. */
  readonly session?: SessionChange;
}

/** One use case, without any HTTP in it. */
export type Operation<Path, Query, Body, Answer> = (
  invocation: Invocation<Path, Query, Body>,
) => Promise<Outcome<Answered<Answer>>>;

/** What there is to say, read page by page as it is asked for; ended by `return`, it reads no further. */
export type Pages<Line> = AsyncGenerator<readonly Line[], undefined>;

/** One use case that answers line by line, without any HTTP in it. Nothing is read before the first page is asked for. */
export type StreamOperation<Path, Query, Line> = (
  invocation: Invocation<Path, Query, undefined>,
) => Promise<Outcome<Pages<Line>>>;

/** The operation behind a route. */
export type OperationOf<AnyRoute> =
  AnyRoute extends Route<infer Path, infer Query, infer Body, infer Answer>
    ? Operation<Path, Query, Body, Answer>
    : AnyRoute extends StreamRoute<infer Path, infer Query, infer Line>
      ? StreamOperation<Path, Query, Line>
      : never;

/** The operations behind a group of routes. */
export type OperationsOf<Group> = { readonly [Name in keyof Group]: OperationOf<Group[Name]> };

/** The operations behind a collection's routes. */
export type CollectionOperations<Types extends CollectionTypes> = OperationsOf<
  CollectionRoutes<Types>
>;

/** The operations behind all routes. */
export type Operations = { readonly [Group in keyof Routes]: OperationsOf<Routes[Group]> } & {
  /** Those of AuthZEN. */
  readonly authzen: OperationsOf<AuthzenRoutes>;
};
