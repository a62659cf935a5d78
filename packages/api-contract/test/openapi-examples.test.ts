import { namedRoutes } from "@byot/api-contract";
import { describe, expect, test } from "vitest";
import { operationOf } from "./support/openapi-parts.js";

const routes = namedRoutes.map(({ group, name, route }) => ({
  id: `${group}${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  route,
}));

describe.each(routes)("the example of $id", ({ id, route }) => {
  const { requestBody, responses } = operationOf(id);
  const asked = requestBody?.content["application/json"];
  const [answered] = Object.values(responses[route.status]?.content ?? {});

  test("has a body where the route takes one", () => {
    expect(asked?.example !== undefined).toBe(route.bodyLimitBytes > 0);
  });

  test("has an answer where the route gives one", () => {
    expect(answered?.example !== undefined).toBe(route.status !== 204);
  });

  test("is read by the route's own schemas, and nothing of it is lost", () => {
    const answer = route.format === "json" ? route.answer : route.line;

    expect(route.body.parse(asked?.example)).toMatchObject({ ...Object(asked?.example) });
    expect(answer.parse(answered?.example)).toEqual(answered?.example);
  });
});
