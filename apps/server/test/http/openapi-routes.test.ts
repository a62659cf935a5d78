import { authzenRoutes, createOpenApiDocument, routes } from "@byot/api-contract";
import { expect, test } from "vitest";
import { z } from "zod";
import { startService } from "../support/service.js";

const routeSchema = z.looseObject({
  path: z.string(),
  methods: z.record(z.string(), z.boolean()),
});
const layerSchema = z.looseObject({ route: routeSchema.optional(), handle: z.unknown() });
const stackSchema = z.array(z.unknown());
const pathsSchema = z.record(z.string(), z.record(z.string(), z.unknown()));

/** What a router answers, such as `get /v1/workspaces/{workspace}`, with the routers in it. */
function mountedIn(router: unknown): readonly string[] {
  if (typeof router !== "function" || !("stack" in router)) {
    return [];
  }
  return stackSchema.parse(router.stack).flatMap((each) => {
    const { route, handle } = layerSchema.parse(each);
    const template = route?.path.replaceAll(/:(\w+)/g, "{$1}");
    return route === undefined
      ? mountedIn(handle)
      : Object.keys(route.methods).map((method) => `${method} ${template}`);
  });
}

/** What people who run a server ask it, and no application. */
const operational = ["get /healthz", "get /readyz", "get /metrics"];

/** What is answered before Express sees it. */
const decided = [
  routes.decisions.authorize,
  routes.decisions.authorizeBatch,
  authzenRoutes.evaluation,
  authzenRoutes.evaluations,
].map(({ method, path }) => `${method} ${path.replace(":workspace", "{workspace}")}`);

test("the document describes every route that is mounted, and no other", async () => {
  await using service = await startService();
  const { paths } = z
    .looseObject({ paths: pathsSchema })
    .parse(createOpenApiDocument({ version: "1" }));
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => method !== "parameters")
      .map((method) => `${method} ${path}`),
  );

  // Every other method of a path is answered by one route for all of them.
  const mounted = mountedIn(service.app.router).filter((each) => !each.startsWith("_all "));

  expect(described.length).toBeGreaterThan(50);
  expect([...new Set([...mounted, ...decided])].toSorted()).toEqual(
    [...described, ...operational].toSorted(),
  );
});
