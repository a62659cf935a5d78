import { authzenRoutes, type RouteCall as ApiRouteCall, routes } from "@byot/api-contract";
import { defaultWorkspaceSettings } from "@byot/storage";
import type { RouteCall } from "./caller.js";
import { premiumAccess } from "../../src/demo/demo-policies.js";
import { audience, chosenMounting, issuer } from "./service.js";

/** Any route, as a table of tests sees it. */
export type ListedRoute = Omit<
  ApiRouteCall<never, never, never>,
  "parameters" | "query" | "body"
> & {
  /** Reads its whole answer; absent where it answers line by line. */
  readonly answer?: { parse(value: unknown): unknown };
};

const isByExpressAlone = chosenMounting() === "express";

const listed = Object.entries({ ...routes, authzen: authzenRoutes }).flatMap(([group, members]) =>
  Object.entries<ListedRoute>({ ...members }).map(([name, route]) => ({
    title: `${group}.${name}`,
    route,
  })),
);

/**
 * Every route of the contract with its name, such as `policies.create`; only those of decisions where a suite was told to
 * ask for them by way of Express, as all others are asked always.
 */
export const everyRoute: readonly {
  readonly title: string;
  readonly route: ListedRoute;
}[] = listed.filter(({ title }) => !isByExpressAlone || /^(?:decisions|authzen)\./.test(title));

/** The routes that want an API key. */
export const guardedRoutes: typeof everyRoute = everyRoute.filter(
  ({ route }) => route.access !== "token" && route.access !== "anyone",
);

const question = {
  subject: { type: "jwt", id: "" },
  action: { name: "approve" },
  resource: { type: "orders", id: "order-7" },
};

/** The configuration of a workspace called Acme in which nothing is. */
export const emptyConfiguration = {
  formatVersion: 1,
  workspace: { name: "Acme", settings: defaultWorkspaceSettings },
  providers: [],
  resources: [],
  policies: [],
  permissions: [],
} as const;

/** A call of each route that would succeed on the workspace `acme`, but for the version it needs. */
export const goodCalls: Readonly<Record<string, RouteCall>> = {
  "decisions.authorize": { body: { token: "", resource: "orders", action: "approve" } },
  "decisions.authorizeBatch": {
    body: { token: "", checks: [{ resource: "orders", action: "approve" }] },
  },
  "decisions.simulate": {
    body: { attributes: { ext_plan: "premium" }, resource: "orders", action: "approve" },
  },
  "authzen.evaluation": { body: question },
  "authzen.evaluations": { body: { ...question, evaluations: [{}] } },
  "workspaces.create": { body: { id: "beta", name: "Beta" } },
  "workspaces.replace": { body: { name: "Acme Inc." } },
  "providers.create": {
    body: { name: "Okta", issuer: `${issuer}/okta`, allowedAudiences: [audience] },
  },
  "providers.read": { path: { key: "acme-login" } },
  "providers.replace": {
    path: { key: "acme-login" },
    body: { name: "Okta", issuer: `${issuer}/okta`, allowedAudiences: [audience] },
  },
  "providers.test": { path: { key: "acme-login" }, body: { token: "" } },
  "providers.testConnection": {
    body: { name: "Okta", issuer: `${issuer}/okta`, allowedAudiences: [audience] },
  },
  "providers.keys": { path: { key: "acme-login" } },
  "providers.refreshKeys": { path: { key: "acme-login" } },
  "providers.remove": { path: { key: "acme-login" } },
  "policies.create": { body: { ...premiumAccess, name: "another" } },
  "policies.read": { path: { key: "premium_access" } },
  "policies.replace": { path: { key: "premium_access" }, body: premiumAccess },
  "policies.versions": { path: { key: "premium_access" } },
  "policies.version": { path: { key: "premium_access", version: "4" } },
  "policies.rollback": { path: { key: "premium_access" }, body: { version: 4 } },
  "policies.validate": { body: premiumAccess },
  "policies.remove": { path: { key: "premium_access" } },
  "resources.create": { body: { name: "invoices", actions: ["read"] } },
  "resources.read": { path: { key: "orders" } },
  "resources.replace": { path: { key: "orders" }, body: { actions: ["approve", "read"] } },
  "resources.remove": { path: { key: "orders" } },
  "permissions.create": {
    body: { id: "all", resource: "*", actions: ["*"], policy: "premium_access" },
  },
  "permissions.read": { path: { key: "all" } },
  "permissions.replace": {
    path: { key: "all" },
    body: { resource: "*", actions: ["*"], policy: "order_approval" },
  },
  "permissions.remove": { path: { key: "all" } },
  "configuration.apply": { body: emptyConfiguration },
  "session.create": { body: { apiKey: "" } },
  "audit.statistics": {
    query: {
      from: "2026-03-02T00:00:00Z",
      until: "2026-03-03T00:00:00Z",
      bucketSeconds: "3600",
    },
  },
  "audit.verifyAgainst": { body: { expected: [] } },
  "audit.erase": { body: { subject: "ada" } },
  "apiKeys.create": { body: { name: "ci", scopes: ["config:read"] } },
};
