import type {
  CollectionRoutes,
  CollectionTypes,
  Route,
  RouteCall,
  StreamRoute,
} from "@byot/api-contract";
import type { RequestHandler, Router } from "express";
import type { CollectionOperations, Operation, StreamOperation } from "../operations/operation.js";
import { sendProblem } from "./problem-response.js";
import type { RouteSupport } from "./route-support.js";
import { streamedRoute } from "./streamed-route.js";
import { validatedRoute } from "./validated-route.js";

/** Puts operations behind routes. */
export interface RouteMounting {
  /** Mounts a route that answers one JSON value. */
  mount<Path, Query, Body, Answer>(
    route: Route<Path, Query, Body, Answer>,
    operation: Operation<Path, Query, Body, Answer>,
  ): void;
  /** Mounts a route that answers line by line. */
  mountStream<Path, Query, Line>(
    route: StreamRoute<Path, Query, Line>,
    operation: StreamOperation<Path, Query, Line>,
  ): void;
  /** Mounts the routes of a collection. */
  mountCollection<Types extends CollectionTypes>(
    collection: CollectionRoutes<Types>,
    behind: CollectionOperations<Types>,
  ): void;
  /** Refuses all other methods on the paths mounted so far. */
  refuseOtherMethods(): void;
}

/** Puts operations behind routes of a router. */
export function createRouteMounting(router: Router, support: RouteSupport): RouteMounting {
  const methodsByPath = new Map<string, string[]>();

  function mountHandler(
    { method, path }: Pick<RouteCall<never, never, never>, "method" | "path">,
    handler: RequestHandler,
  ): void {
    router[method](path, handler);
    methodsByPath.set(path, [...(methodsByPath.get(path) ?? []), method.toUpperCase()]);
  }

  const mount: RouteMounting["mount"] = (route, operation) => {
    mountHandler(route, validatedRoute(route, operation, support));
  };

  return {
    mount,
    mountStream: (route, operation) => {
      mountHandler(route, streamedRoute(route, operation, support));
    },
    mountCollection: (collection, behind) => {
      mount(collection.list, behind.list);
      mount(collection.create, behind.create);
      mount(collection.read, behind.read);
      mount(collection.replace, behind.replace);
      mount(collection.remove, behind.remove);
    },
    refuseOtherMethods: () => {
      for (const [path, methods] of methodsByPath) {
        router.all(path, refuseMethod(methods));
      }
    },
  };
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
