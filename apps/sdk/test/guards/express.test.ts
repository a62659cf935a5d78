import { createServer } from "node:http";
import { ApiKeyError } from "@byot/sdk";
import { decisionOf, requireAuthorization } from "@byot/sdk/express";
import type { ErrorRequestHandler, Request, RequestHandler, Response } from "express";
import express from "express";
import { describe, expect, test } from "vitest";
import { allow, token } from "../decisions.js";
import { json, problem, startFaultServer } from "../fault-server.js";
import {
  allowing,
  clientOf,
  denying,
  expectedOf,
  outcomeOf,
  guardCases,
  signedIn,
} from "./cases.js";
import type { Served } from "./serve.js";
import { serveOn } from "./serve.js";

const path = "/orders/:id/approve";
const answer: RequestHandler = (request, response) => {
  response.send(`approved by ${decisionOf(request).decisionId}`);
};
// oxlint-disable-next-line max-params -- by their number Express knows who handles errors
const quiet: ErrorRequestHandler = (error: Error, _request, response, _next) => {
  response.status(500).send(error.message);
};

function broken(): never {
  throw new RangeError("no such order");
}

async function serve(guard: RequestHandler<{ id: string }>): Promise<Served> {
  const app = express();
  app.post(path, guard, answer);
  app.use(quiet);
  return serveOn(createServer(app));
}

describe("the middleware for Express", () => {
  test.each(Object.entries(guardCases))("answers %s", async (_name, guardCase) => {
    const outcome = await outcomeOf(guardCase, async (client) =>
      serve(
        requireAuthorization({
          client,
          resource: "orders",
          action: "approve",
          context: (request) => ({ orderId: request.params.id }),
        }),
      ),
    );

    expect(outcome).toMatchObject(expectedOf(guardCase));
  });

  test("says when to ask again", async () => {
    await using server = await startFaultServer(
      problem(503, "jwks_unavailable", { "Retry-After": "7" }),
    );
    const guard = { client: clientOf(server), resource: "orders", action: "approve" };
    await using app = await serve(requireAuthorization(guard));

    expect((await app.ask(signedIn)).headers.get("retry-after")).toBe("7");
  });

  test("takes the resource, the action and the token from the request", async () => {
    await using server = await startFaultServer(problem(401, "token_expired"));
    await using app = await serve(
      requireAuthorization({
        client: clientOf(server),
        realm: 'orders "of" acme',
        resource: async (request: Request) => request.path.split("/")[1] ?? "",
        action: (request: Request) => request.method.toLowerCase(),
        token: (request: Request) => request.get("x-session"),
      }),
    );

    const answered = await app.ask({ "x-session": token });
    const signedOut = await app.ask(signedIn);

    expect(server.seen.map(({ body }) => body)).toEqual([
      { token, resource: "orders", action: "post" },
    ]);
    expect(answered.headers.get("www-authenticate")).toBe(
      'Bearer realm="orders _of_ acme", error="invalid_token"',
    );
    expect(signedOut.status).toBe(401);
  });

  test("leaves the answer to a denial and to an error to the application", async () => {
    const own = {
      resource: "orders",
      action: "approve",
      onDeny: ({ reason }: { reason: { code: string } }, _request: Request, response: Response) =>
        response.status(404).send(reason.code),
      onError: (error: Error, _request: Request, response: Response) =>
        response.status(418).send(error.name),
    };
    await using server = await startFaultServer(problem(403, "scope_missing"));
    await using denied = await serve(requireAuthorization({ ...own, client: denying }));
    await using failed = await serve(requireAuthorization({ ...own, client: clientOf(server) }));

    expect(await denied.ask(signedIn)).toMatchObject({ status: 404, text: "denied_by_default" });
    expect(await failed.ask(signedIn)).toMatchObject({ status: 418, text: ApiKeyError.name });
    expect(await failed.ask({})).toMatchObject({ status: 418, text: "TokenRefusedError" });
  });

  test("passes on what goes wrong in the application's own functions", async () => {
    const parts = { client: allowing, resource: "orders", action: "approve" };
    await using inContext = await serve(requireAuthorization({ ...parts, context: broken }));
    await using inDeny = await serve(
      requireAuthorization({ ...parts, client: denying, onDeny: broken }),
    );

    expect(await inContext.ask(signedIn)).toMatchObject({ status: 500, text: "no such order" });
    expect(await inDeny.ask(signedIn)).toMatchObject({ status: 500, text: "no such order" });
  });

  test("lets nothing go on but the literal true", async () => {
    const data = { ...allow };
    Object.assign(data, { allowed: "true" });
    const client = { checkAuthorization: async () => ({ data, requestId: undefined }) };
    await using app = await serve(
      requireAuthorization({ client, resource: "orders", action: "approve" }),
    );

    expect((await app.ask(signedIn)).status).toBe(403);
  });

  test("puts the decision on the request", async () => {
    await using server = await startFaultServer(json(200, { data: allow }));
    const seen: unknown[] = [];
    const app = express();
    const guard = { client: clientOf(server), resource: "orders", action: "approve" };
    app.post(path, requireAuthorization(guard), (request, response) => {
      seen.push(Reflect.get(request, "decision"), decisionOf(request));
      response.end();
    });
    await using served = await serveOn(createServer(app));

    await served.ask(signedIn);

    expect(seen).toEqual([allow, allow]);
  });

  test("makes a handler that was left unprotected fail", async () => {
    const app = express();
    app.post(path, answer);
    app.use(quiet);
    await using served = await serveOn(createServer(app));

    expect(await served.ask(signedIn)).toMatchObject({
      status: 500,
      text: "the request has no decision: put `requireAuthorization` before its handler",
    });
  });
});
