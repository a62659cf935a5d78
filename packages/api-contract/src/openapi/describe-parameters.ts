import type { oas31 } from "zod-openapi";
import { textsOf } from "./apply-descriptions.js";
import { type AnyRoute, namedRoutes, templateOf } from "./named-routes.js";
import { queryInterfaces } from "./query-interfaces.js";

type Texts = Readonly<Record<string, string>>;

// One interface has every parameter that a path can have.
const pathTexts = textsOf("PolicyVersionPath");

/** Says of each parameter what the comments of its interface say. */
export function describeParameters(paths: oas31.PathsObject): void {
  for (const { route } of namedRoutes) {
    const texts = { path: pathTexts, query: textsOf(queryInterfaces.get(route.query) ?? "") };
    for (const parameter of parametersOf(route, paths)) {
      describeParameter(parameter, texts);
    }
  }
}

function parametersOf(
  route: AnyRoute,
  paths: oas31.PathsObject,
): readonly (oas31.ParameterObject | oas31.ReferenceObject)[] {
  return paths[templateOf(route)]?.[route.method]?.parameters ?? [];
}

function describeParameter(
  parameter: oas31.ParameterObject | oas31.ReferenceObject,
  texts: { readonly path: Texts; readonly query: Texts },
): void {
  if ("name" in parameter && (parameter.in === "path" || parameter.in === "query")) {
    const text = texts[parameter.in][parameter.name];
    Object.assign(parameter, text === undefined ? {} : { description: text });
  }
}
