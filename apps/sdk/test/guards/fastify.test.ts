import { decisionOf, requireAuthorization } from "@byot/sdk/fastify";
import type { FastifyReply, FastifyRequest } from "fastify";
import fastify from "fastify";
import { describe, expect, test } from "vitest";
import { startFaultServer, problem } from "../fault-server.js";
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

type Guard = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>;

function resource(): never {
  throw Object.assign(new Error("no such order"), { statusCode: 404 });
}

async function serve(guard: Guard): Promise<Served> {
  const app = fastify();
  app.post(
    "/orders/:id/approve",
    { preHandler: guard },
    async (request) => `approved by ${decisionOf(request).decisionId}`,
  );
  return {
    ask: async (headers) => {
      const response = await app.inject({ method: "POST", url: "/orders/o-42/approve", headers });
      const fields = Object.entries(response.headers).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]);
      return { status: response.statusCode, headers: new Headers(fields), text: response.body };
    },
    [Symbol.asyncDispose]: async () => app.close(),
  };
}

describe("the hook for Fastify", () => {
  test.each(Object.entries(guardCases))("answers %s", async (_name, guardCase) => {
    const outcome = await outcomeOf(guardCase, async (client) =>
      serve(
        requireAuthorization<FastifyRequest, FastifyReply>({
          client,
          resource: "orders",
          action: "approve",
          context: ({ url }) => ({ orderId: url.split("/")[2] }),
        }),
      ),
    );

    expect(outcome).toMatchObject(expectedOf(guardCase));
  });

  test("leaves the answer to a denial and to an error to the application", async () => {
    const own = {
      resource: "orders",
      action: "approve",
      onDeny: ({ reason }: { reason: { code: string } }, _: FastifyRequest, reply: FastifyReply) =>
        reply.code(404).send(reason.code),
      onError: (error: Error, _: FastifyRequest, reply: FastifyReply) =>
        reply.code(418).send(error.name),
    };
    await using server = await startFaultServer(problem(403, "scope_missing"));
    await using denied = await serve(requireAuthorization({ ...own, client: denying }));
    await using failed = await serve(requireAuthorization({ ...own, client: clientOf(server) }));

    expect(await denied.ask(signedIn)).toMatchObject({ status: 404, text: "denied_by_default" });
    expect(await failed.ask(signedIn)).toMatchObject({ status: 418, text: "ApiKeyError" });
  });

  test("passes on what goes wrong in the application's own functions", async () => {
    const parts = { client: allowing, action: "approve" };
    await using app = await serve(requireAuthorization({ ...parts, resource }));

    expect(await app.ask(signedIn)).toMatchObject({ status: 404 });
  });
});
