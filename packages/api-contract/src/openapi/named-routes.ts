import { authzenRoutes } from "../authzen-routes.js";
import type { Route, StreamRoute } from "../route.js";
import { routes } from "../routes.js";
import type { Routes } from "../route-table.js";

/** Any route. */
export type AnyRoute =
  Route<unknown, unknown, unknown, unknown> | StreamRoute<unknown, unknown, unknown>;

/** The name of a group of routes. */
export type RouteGroup = keyof Routes | "authzen";

/** A route and where it stands in the table. */
export interface NamedRoute {
  /** The group, such as `policies`. */
  readonly group: RouteGroup;
  /** Its name there, such as `create`. */
  readonly name: string;
  /** The route. */
  readonly route: AnyRoute;
}

type RoutesByName = Readonly<Record<string, AnyRoute>>;

const groups: ReadonlyMap<RouteGroup, RoutesByName> = new Map<RouteGroup, RoutesByName>([
  ["decisions", { ...routes.decisions }],
  ["authzen", { ...authzenRoutes }],
  ["workspaces", { ...routes.workspaces }],
  ["providers", { ...routes.providers }],
  ["presets", { ...routes.presets }],
  ["policies", { ...routes.policies }],
  ["resources", { ...routes.resources }],
  ["permissions", { ...routes.permissions }],
  ["configuration", { ...routes.configuration }],
  ["apiKeys", { ...routes.apiKeys }],
  ["audit", { ...routes.audit }],
  ["session", { ...routes.session }],
]);

/** Every route, those of AuthZEN too. */
export const namedRoutes: readonly NamedRoute[] = [...groups].flatMap(([group, members]) =>
  Object.entries(members).map(([name, route]) => ({ group, name, route })),
);

/** A route's path with its parameters in braces, as OpenAPI has them. */
export function templateOf({ path }: AnyRoute): string {
  return path.replaceAll(/:(\w+)/g, "{$1}");
}
