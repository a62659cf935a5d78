import { authzenRoutes, routes } from "@byot/api-contract";
import { Router } from "express";
import type { Operations } from "../operations/operation.js";
import { createRouteMounting } from "./route-mounting.js";
import type { RouteSupport } from "./route-support.js";

/** All routes of the API but those of decisions on one screen, each with the operation behind it. */
export function createApiRouter(operations: Operations, support: RouteSupport): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const on = createRouteMounting(router, support);

  on.mount(routes.decisions.simulate, operations.decisions.simulate);
  on.mount(authzenRoutes.metadata, operations.authzen.metadata);
  on.mountCollection(routes.workspaces, operations.workspaces);
  on.mount(routes.providers.test, operations.providers.test);
  on.mount(routes.providers.testConnection, operations.providers.testConnection);
  on.mount(routes.providers.keys, operations.providers.keys);
  on.mount(routes.providers.refreshKeys, operations.providers.refreshKeys);
  on.mountCollection(routes.providers, operations.providers);
  on.mount(routes.presets.list, operations.presets.list);
  on.mount(routes.policies.validate, operations.policies.validate);
  on.mount(routes.policies.versions, operations.policies.versions);
  on.mount(routes.policies.version, operations.policies.version);
  on.mount(routes.policies.rollback, operations.policies.rollback);
  on.mountCollection(routes.policies, operations.policies);
  on.mountCollection(routes.resources, operations.resources);
  on.mountCollection(routes.permissions, operations.permissions);
  on.mount(routes.configuration.read, operations.configuration.read);
  on.mount(routes.configuration.apply, operations.configuration.apply);
  on.mount(routes.apiKeys.list, operations.apiKeys.list);
  on.mount(routes.apiKeys.create, operations.apiKeys.create);
  on.mount(routes.apiKeys.revoke, operations.apiKeys.revoke);
  on.mount(routes.audit.decisions, operations.audit.decisions);
  on.mount(routes.audit.decision, operations.audit.decision);
  on.mountStream(routes.audit.exportDecisions, operations.audit.exportDecisions);
  on.mount(routes.audit.refusals, operations.audit.refusals);
  on.mount(routes.audit.changes, operations.audit.changes);
  on.mount(routes.audit.statistics, operations.audit.statistics);
  on.mount(routes.audit.checkpoint, operations.audit.checkpoint);
  on.mount(routes.audit.verify, operations.audit.verify);
  on.mount(routes.audit.verifyAgainst, operations.audit.verifyAgainst);
  on.mount(routes.audit.erase, operations.audit.erase);
  on.mount(routes.session.create, operations.session.create);
  on.mount(routes.session.read, operations.session.read);
  on.mount(routes.session.remove, operations.session.remove);

  on.refuseOtherMethods();
  return router;
}
