import { request as openRequest } from "node:http";
import { routes } from "@byot/api-contract";
import { describe, expect, test } from "vitest";
import { makeAcme } from "../support/acme.js";
import { pathOf } from "../support/caller.js";
import { everyRoute, goodCalls, guardedRoutes } from "../support/every-route.js";
import { type Service, startService } from "../support/service.js";

const methodsByPath = new Map<string, string[]>();
for (const { route } of everyRoute) {
  const methods = methodsByPath.get(route.path) ?? [];
  methodsByPath.set(route.path, [...methods, route.method.toUpperCase()]);
}

/** Sends a path as it is, without the tidying of `fetch`. */
function sendPath(service: Service, path: string, method = "GET"): Promise<number> {
  const { port } = new URL(service.url);
  return new Promise((resolve, reject) => {
    openRequest(
      { port, path, method, headers: { authorization: `Bearer ${service.rootKey}` } },
      (response) => {
        response.resume().on("end", () => resolve(response.statusCode ?? 0));
      },
    )
      .on("error", reject)
      .end();
  });
}

/** `…/test-connection` could as well be the key of an item, which its collection then answers for. */
function answersAsItem(path: string, method: string): boolean {
  const itemPath = path.replace(/\/[^/:]+$/, "/:key");
  return itemPath !== path && methodsByPath.get(itemPath)?.includes(method) === true;
}

describe.each([...methodsByPath])("%s", (path, methods) => {
  const others = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"].filter(
    (method) => !methods.includes(method) && !answersAsItem(path, method),
  );

  test.each(others)("names its methods to %s", async (method) => {
    await using service = await startService();

    const answer = await service.send(pathOf(path), { method });

    expect(answer).toMatchObject({ status: 405, body: { code: "method_not_allowed" } });
    const allow = (answer.headers.get("allow") ?? "").split(", ").toSorted();
    expect(allow).toEqual([...methods, ...(methods.includes("GET") ? ["HEAD"] : [])].toSorted());
  });

  test("is another path with a slash behind it or in capitals", async () => {
    await using service = await startService();
    const [method = "GET"] = methods;

    const slash = await service.send(`${pathOf(path)}/`, { method });
    const capitals = await service.send(
      pathOf(path).replace(/[a-z]/, (letter) => letter.toUpperCase()),
      {
        method,
      },
    );

    expect([slash, capitals]).toMatchObject([
      { status: 404, body: { code: "route_unknown" } },
      { status: 404, body: { code: "route_unknown" } },
    ]);
  });
});

test("answers HEAD like GET, without a body", async () => {
  await using service = await startService();
  await makeAcme(service);
  const headers = { authorization: `Bearer ${service.rootKey}` };

  const head = await service.send("/v1/workspaces/acme", { method: "HEAD", headers });
  const get = await service.send("/v1/workspaces/acme", { headers });

  expect(head).toMatchObject({ status: 200, text: "" });
  expect(head.headers.get("etag")).toBe(get.headers.get("etag"));
});

test.each([
  ["/"],
  ["/v1"],
  ["/v2/workspaces"],
  ["/v1/workspaces/acme/nothing"],
  ["/v1/workspaces/acme/policies/a/b"],
  ["/v1//workspaces"],
  ["/favicon.ico"],
  ["/.env"],
  ["/demo-idp/token/ada"],
])("knows no route `%s`", async (path) => {
  await using service = await startService();

  const answer = await service.send(path, {
    headers: { authorization: `Bearer ${service.rootKey}` },
  });

  expect(answer).toMatchObject({ status: 404, body: { code: "route_unknown" } });
});

test.each([
  ["half an escape", "/v1/workspaces/%", 400],
  ["no hexadecimal", "/v1/workspaces/%zz", 400],
  ["invalid UTF-8", "/v1/workspaces/%ff", 400],
  ["an overlong slash", "/v1/workspaces/%c0%af", 400],
  ["a surrogate", "/v1/workspaces/%ed%a0%80", 400],
  ["NUL", "/v1/workspaces/%00", 400],
  ["a slash", "/v1/workspaces/acme%2Fpolicies", 404],
  ["dots", "/v1/workspaces/%2e%2e", 404],
  ["__proto__", "/v1/workspaces/__proto__", 404],
  ["constructor", "/v1/workspaces/constructor/policies", 404],
  ["a key of __proto__", "/v1/workspaces/acme/policies/__proto__", 404],
  ["8,000 characters", `/v1/workspaces/${"a".repeat(8000)}`, 404],
  ["8,000 slashes", "/".repeat(8000), 404],
  ["more than a server's header may hold", `/v1/workspaces/${"a".repeat(20_000)}`, 431],
  ["a whole URL", "http://evil.example/v1/workspaces/nothing", 404],
])("answers a path with %s by a refusal", async (_title, path, status) => {
  await using service = await startService();
  await makeAcme(service);

  expect(await sendPath(service, path)).toBe(status);
});

describe.each(guardedRoutes.filter(({ route }) => route.method === "get"))(
  "$title",
  ({ title, route }) => {
    test.each([
      ["?unknown=1", "/unknown"],
      ["?__proto__=1", "/__proto__"],
      ["?constructor=1", "/constructor"],
      ["?a[b]=1", "/a[b]"],
      ["?=1", "/"],
      ["?%00=1", "/\0"],
    ])("refuses the query `%s`", async (query, path) => {
      await using service = await startService();
      await makeAcme(service);

      const good = new URLSearchParams(goodCalls[title]?.query).toString();
      const answer = await service.send(`${pathOf(route.path)}${query}&${good}`, {
        headers: { authorization: `Bearer ${service.rootKey}` },
      });

      expect(answer).toMatchObject({
        status: 400,
        body: { code: "request_invalid", errors: [{ path }] },
      });
    });
  },
);

test.each([
  ["?limit=1&limit=2", "/limit"],
  ["?cursor=a&cursor=b", "/cursor"],
  ["?limit[]=1", "/limit[]"],
  ["?limit=%00", "/limit"],
])("refuses the query `%s` of a list", async (query, path) => {
  await using service = await startService();

  const answer = await service.send(`/v1/workspaces${query}`, {
    headers: { authorization: `Bearer ${service.rootKey}` },
  });

  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } });
});

test.each([["order-7"], ["a".repeat(128)], ["A.b_c-9"]])(
  "echoes the request id `%s`, in problems too",
  async (requestId) => {
    await using service = await startService();

    const answer = await service.send("/nothing", { headers: { "x-request-id": requestId } });

    expect(answer.headers.get("x-request-id")).toBe(requestId);
    expect(answer.body).toMatchObject({ requestId });
  },
);

test.each([[""], ["a b"], ["a".repeat(129)], ["<script>"], ["a\tb"], ["é"], ['a"b'], ["a, b"]])(
  "puts an id of its own in the place of `%s`",
  async (requestId) => {
    await using service = await startService();

    const answer = await service.send("/nothing", { headers: { "x-request-id": requestId } });

    expect(answer.headers.get("x-request-id")).toMatch(
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
  },
);

test("does not look at a body where a route has none", async () => {
  await using service = await startService();
  await makeAcme(service);
  const { headers } = await service.call(routes.workspaces.read);

  const answer = await service.send("/v1/workspaces/acme?cascade=true", {
    method: "DELETE",
    headers: {
      authorization: `Bearer ${service.rootKey}`,
      "if-match": headers.get("etag") ?? "",
      "content-type": "text/plain",
    },
    rawBody: "anything",
  });

  expect(answer.status).toBe(204);
});
