import {
  type CollectionRoutes,
  type CollectionTypes,
  type Route,
  routes,
} from "@byot/api-contract";
import { type RequestHandler, Router } from "express";
import type { CollectionOperations, Operation, Operations } from "../operations/operation.js";
import type { ApiKeyGuard } from "./api-key-guard.js";
import { sendProblem } from "./problem-response.js";
import { validatedRoute } from "./validated-route.js";

/** All routes of the API on one screen, each with the operation behind it. */
export function createApiRouter(operations: Operations, guard: ApiKeyGuard): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const methodsByPath = new Map<string, string[]>();

  function mount<Path, Query, Body, Answer>(
    route: Route<Path, Query, Body, Answer>,
    operation: Operation<Path, Query, Body, Answer>,
  ): void {
    router[route.method](route.path, validatedRoute(route, operation, guard));
    const methods = methodsByPath.get(route.path) ?? [];
    methodsByPath.set(route.path, [...methods, route.method.toUpperCase()]);
  }

  function mountCollection<Types extends CollectionTypes>(
    collection: CollectionRoutes<Types>,
    behind: CollectionOperations<Types>,
  ): void {
    mount(collection.list, behind.list);
    mount(collection.create, behind.create);
    mount(collection.read, behind.read);
    mount(collection.replace, behind.replace);
    mount(collection.remove, behind.remove);
  }

  mount(routes.decisions.authorize, operations.decisions.authorize);
  mountCollection(routes.workspaces, operations.workspaces);
  mount(routes.providers.test, operations.providers.test);
  mount(routes.providers.testConnection, operations.providers.testConnection);
  mountCollection(routes.providers, operations.providers);
  mount(routes.presets.list, operations.presets.list);
  mountCollection(routes.policies, operations.policies);
  mountCollection(routes.resources, operations.resources);
  mountCollection(routes.permissions, operations.permissions);
  mount(routes.apiKeys.list, operations.apiKeys.list);
  mount(routes.apiKeys.create, operations.apiKeys.create);
  mount(routes.apiKeys.revoke, operations.apiKeys.revoke);
  mount(routes.audit.decisions, operations.audit.decisions);
  mount(routes.audit.refusals, operations.audit.refusals);

  for (const [path, methods] of methodsByPath) {
    router.all(path, refuseMethod(methods));
  }
  return router;
}

function refuseMethod(methods: readonly string[]): RequestHandler {
  const allow = methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  return (_request, response) => {
    response.set("Allow", allow.join(", "));
    sendProblem(response, {
      code: "method_not_allowed",
      detail: `the route answers ${allow.join(", ")}`,
    });
  };
}
