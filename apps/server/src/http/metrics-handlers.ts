import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { type RequestHandler, Router } from "express";
import type { ServiceMetrics } from "../metrics/service-metrics.js";
import { answerRefusal } from "./answer-refusal.js";
import type { HttpFrame } from "./http-frame.js";
import { sendProblem } from "./problem-response.js";

/** Metrics that are answered to whoever has the token. */
export interface GuardedMetrics {
  /** The metrics. */
  readonly metrics: ServiceMetrics;
  /** The bearer token. */
  readonly token: string;
}

/** `/metrics` on the server's own port: for whoever has the token, or for nobody when there is none. */
export function createMetricsRouter(
  guarded: GuardedMetrics | undefined,
  frame: Pick<HttpFrame, "clientAddress" | "rateLimits">,
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get("/metrics", guarded === undefined ? noMetrics : guardedMetrics(guarded, frame));
  return router;
}

const noMetrics: RequestHandler = (_request, response) => {
  const detail = "metrics are read with `BYOT_METRICS_TOKEN`, or on `BYOT_METRICS_PORT`";
  sendProblem(response, { code: "route_unknown", detail });
};

const bearer = /^Bearer +(\S+)$/i;

function guardedMetrics(
  { metrics, token }: GuardedMetrics,
  frame: Pick<HttpFrame, "clientAddress" | "rateLimits">,
): RequestHandler {
  const expected = digest(token);
  return async (request, response) => {
    const shown = bearer.exec(request.headers.authorization ?? "")?.[1];
    if (shown !== undefined && timingSafeEqual(digest(shown), expected)) {
      await sendMetrics(response, metrics);
      return;
    }
    const code = shown === undefined ? "api_key_missing" : "api_key_invalid";
    const detail = "`/metrics` needs the token of `BYOT_METRICS_TOKEN` as bearer";
    await answerRefusal({ request, response }, { code, detail }, frame);
  };
}

/** Answers `/metrics`, and nothing else, to anybody: for a port that only those can reach who may read them. */
export function openMetrics(
  metrics: ServiceMetrics,
  frame: Pick<HttpFrame, "begin">,
): RequestListener {
  return (request, response) => {
    if (frame.begin(request, response)) {
      return;
    }
    if (pathOf(request) !== "/metrics") {
      sendProblem(response, { code: "route_unknown", detail: "only `/metrics` is here" });
    } else if (request.method === "GET" || request.method === "HEAD") {
      sendMetrics(response, metrics).catch(() => response.destroy());
    } else {
      response.setHeader("Allow", "GET, HEAD");
      sendProblem(response, { code: "method_not_allowed", detail: "the route answers GET, HEAD" });
    }
  };
}

async function sendMetrics(response: ServerResponse, metrics: ServiceMetrics): Promise<void> {
  const text = await metrics.read();
  response.setHeader("Cache-Control", "no-store");
  response.setHeader("Content-Type", metrics.contentType);
  response.setHeader("Content-Length", Buffer.byteLength(text));
  response.end(text);
}

function pathOf({ url = "" }: IncomingMessage): string {
  return url.split("?", 1)[0] ?? "";
}

// Of equal length whatever was shown, so that comparing takes the same time.
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
