import { decisionOf, requireAuthorization } from "@byot/sdk/hono";
import type { MiddlewareHandler } from "hono";
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { describe, expect, test } from "vitest";
import { problem, startFaultServer } from "../fault-server.js";
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
import { answeredBy } from "./serve.js";

function resource(): never {
  throw new HTTPException(404, { message: "no such order" });
}

async function serve(guard: MiddlewareHandler): Promise<Served> {
  const app = new Hono();
  app.post("/orders/:id/approve", guard, (context) =>
    context.text(`approved by ${decisionOf(context).decisionId}`),
  );
  app.onError((error) =>
    error instanceof HTTPException
      ? error.getResponse()
      : new Response(error.message, { status: 500 }),
  );
  return {
    ask: async (headers) =>
      answeredBy(await app.request("/orders/o-42/approve", { method: "POST", headers })),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

describe("the middleware for Hono", () => {
  test.each(Object.entries(guardCases))("answers %s", async (_name, guardCase) => {
    const outcome = await outcomeOf(guardCase, async (client) =>
      serve(
        requireAuthorization({
          client,
          resource: "orders",
          action: "approve",
          context: (context) => ({ orderId: context.req.param("id") }),
        }),
      ),
    );

    expect(outcome).toMatchObject(expectedOf(guardCase));
  });

  test("leaves the answer to a denial and to an error to the application", async () => {
    const own = {
      resource: "orders",
      action: "approve",
      onDeny: ({ reason }: { reason: { code: string } }) =>
        new Response(reason.code, { status: 404 }),
      onError: async (error: Error) => new Response(error.name, { status: 418 }),
    };
    await using server = await startFaultServer(problem(403, "scope_missing"));
    await using denied = await serve(requireAuthorization({ ...own, client: denying }));
    await using failed = await serve(requireAuthorization({ ...own, client: clientOf(server) }));

    expect(await denied.ask(signedIn)).toMatchObject({ status: 404, text: "denied_by_default" });
    expect(await failed.ask(signedIn)).toMatchObject({ status: 418, text: "ApiKeyError" });
  });

  test("passes on what goes wrong in the application's own functions", async () => {
    const parts = { client: allowing, resource, action: "approve" };
    await using app = await serve(requireAuthorization(parts));

    expect(await app.ask(signedIn)).toMatchObject({ status: 404, text: "no such order" });
  });
});
