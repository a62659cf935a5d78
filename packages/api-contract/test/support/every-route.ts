import { routes, type RouteAccess } from "@byot/api-contract";
import type { z } from "zod";

/** What all routes have in common. */
export interface AnyRoute {
  readonly name: string;
  readonly method: "get" | "post" | "put" | "delete";
  readonly path: string;
  readonly summary: string;
  readonly access: RouteAccess;
  readonly parameters: z.ZodType;
  readonly query: z.ZodType;
  readonly body: z.ZodType;
  readonly bodyLimitBytes: number;
  readonly format: "json" | "ndjson";
  readonly status: 200 | 201 | 204;
  readonly requiresVersion: boolean;
}

type NamelessRoute = Omit<AnyRoute, "name">;

const groups: Readonly<Record<string, Readonly<Record<string, NamelessRoute>>>> = {
  decisions: { ...routes.decisions },
  workspaces: { ...routes.workspaces },
  providers: { ...routes.providers },
  presets: { ...routes.presets },
  policies: { ...routes.policies },
  resources: { ...routes.resources },
  permissions: { ...routes.permissions },
  configuration: { ...routes.configuration },
  apiKeys: { ...routes.apiKeys },
  audit: { ...routes.audit },
  session: { ...routes.session },
} satisfies Record<keyof typeof routes, unknown>;

/** Every route, named like `policies.create`. */
export const everyRoute: readonly AnyRoute[] = Object.entries(groups).flatMap(([group, members]) =>
  Object.entries(members).map(([name, route]) => ({ ...route, name: `${group}.${name}` })),
);
