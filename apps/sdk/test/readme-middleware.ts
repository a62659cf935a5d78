import { decisionOf, requireAuthorization } from "@byot/sdk/express";
import type { Request } from "express";
import express from "express";

/** The README's application; its client is made from the environment. */
export const app: express.Express = express();
app.post(
  "/orders/:id/approve",
  requireAuthorization({
    resource: "orders",
    action: "approve",
    context: (request: Request) => ({ orderId: request.params["id"] }),
  }),
  (request, response) => response.send(`approved by ${decisionOf(request).decisionId}`),
);
