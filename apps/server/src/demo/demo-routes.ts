import type { LocalIdp } from "@byot/local-idp";
import { type Request, type RequestHandler, Router } from "express";
import { sendProblem } from "../http/problem-response.js";
import { isLoopbackAddress, isLoopbackHost } from "./loopback.js";

/**
 * `/demo-idp/people` and `/demo-idp/token/{person}`: tokens for anyone who asks on this machine. For everybody else, and
 * through any proxy, these routes do not exist.
 */
export function createDemoRoutes(idp: LocalIdp): Router {
  const router = Router();
  router.use("/demo-idp", onlyLoopback);
  router.get("/demo-idp/people", (_request, response) => {
    response.json({ data: idp.people });
  });
  router.get("/demo-idp/token/:person", async (request, response) => {
    const issued = await idp.issueToken(request.params.person);
    if (issued.ok) {
      response.set("Cache-Control", "no-store").type("text/plain").send(issued.value);
    } else {
      const known = idp.people.map(({ id }) => `\`${id}\``).join(", ");
      sendProblem(response, { code: "route_unknown", detail: `the demo knows only ${known}` });
    }
  });
  return router;
}

const onlyLoopback: RequestHandler = (request, _response, next) => {
  next(isDirectlyFromLoopback(request) ? undefined : "router");
};

const forwardingHeaders = new Set(["forwarded", "via", "x-real-ip"]);

// SECURITY: a proxy on this machine connects from loopback for people who are elsewhere, and a web page can make a
// browser here ask under a name of its own that resolves to loopback.
function isDirectlyFromLoopback(request: Request): boolean {
  const forwarded = Object.keys(request.headers).some(
    (name) => name.startsWith("x-forwarded-") || forwardingHeaders.has(name),
  );
  return (
    !forwarded &&
    // A proxy that hides itself gives itself away by the version that it speaks to servers behind it.
    request.httpVersion !== "1.0" &&
    isLoopbackAddress(request.socket.remoteAddress ?? "") &&
    isLoopbackHost(request.get("host") ?? "")
  );
}
