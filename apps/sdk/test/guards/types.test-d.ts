import * as forExpress from "@byot/sdk/express";
import * as forFastify from "@byot/sdk/fastify";
import * as forHono from "@byot/sdk/hono";
import * as forNext from "@byot/sdk/next";
import express from "express";
import type { Request as ExpressRequest, Response as ExpressResponse } from "express";
import fastify from "fastify";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Hono } from "hono";
import type { Context } from "hono";
import { expectTypeOf } from "vitest";

const orders = { resource: "orders", action: "approve" } as const;

// Where a function says what it takes, the rest follows.
express()
  .use(forExpress.requireAuthorization(orders))
  .post(
    "/orders/:id",
    forExpress.requireAuthorization({
      ...orders,
      context: (request: ExpressRequest) => ({ id: request.get("x-order") }),
      onDeny: ({ reason }, request, response: ExpressResponse) => {
        expectTypeOf(request).toEqualTypeOf<ExpressRequest>();
        response.status(404).send(reason.code);
      },
    }),
    (request, response) => response.json(forExpress.decisionOf(request)),
  );

const app = fastify();
app.addHook("preHandler", forFastify.requireAuthorization(orders));
app.post("/orders/:id", { preHandler: forFastify.requireAuthorization(orders) }, async () => "ok");
app.post<{ Body: { readonly amount: number } }>(
  "/orders/:id/approve",
  {
    preHandler: forFastify.requireAuthorization({
      ...orders,
      context: (request: FastifyRequest<{ Body: { readonly amount: number } }>) => ({
        orderAmount: request.body.amount,
      }),
      onDeny: ({ reason }, _request, reply: FastifyReply) => reply.code(404).send(reason.code),
    }),
  },
  async (request) => forFastify.decisionOf(request),
);

new Hono().use(forHono.requireAuthorization(orders)).post(
  "/orders/:id",
  forHono.requireAuthorization({
    ...orders,
    resource: (context: Context) => context.req.path,
    onDeny: ({ reason }, context) => context.text(reason.code, 404),
  }),
  (context) => context.json(forHono.decisionOf(context)),
);

const route = forNext.withAuthorization(
  { ...orders, context: (request: Request) => ({ method: request.method }) },
  async (_request, { params }: { readonly params: Promise<{ readonly id: string }> }, decision) =>
    Response.json({ id: (await params).id, decisionId: decision.decisionId }),
);
expectTypeOf(route).parameter(0).toEqualTypeOf<Request>();
expectTypeOf(route).returns.resolves.toEqualTypeOf<Response>();

// @ts-expect-error a route without an action would be open to whoever may do anything
forExpress.requireAuthorization({ resource: "orders" });
