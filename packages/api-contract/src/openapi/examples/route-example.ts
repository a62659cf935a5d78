import type { AuthzenRoutes } from "../../authzen-routes.js";
import type { Routes } from "../../route-table.js";

/** One call of a route, as it goes over the wire. */
export interface RouteExample {
  /** The body; absent where the route has none. */
  readonly body?: unknown;
  /** The whole answer, or one line of a stream; absent where there is none. */
  readonly answer?: unknown;
}

/** An example of each route of a group. */
export type ExamplesOf<Group> = { readonly [Name in keyof Group]: RouteExample };

/** An example of each route. */
export type RouteExamples = { readonly [Group in keyof Routes]: ExamplesOf<Routes[Group]> } & {
  readonly authzen: ExamplesOf<AuthzenRoutes>;
};
