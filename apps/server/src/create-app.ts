import type { RequestListener } from "node:http";
import express, { type Express, type Router } from "express";
import type { Logger } from "pino";
import {
  createDecisionEndpoints,
  type DecisionEndpoints,
} from "./decision-endpoints/create-decision-endpoints.js";
import { decisionMiddleware } from "./decision-endpoints/decision-middleware.js";
import { decisionTable } from "./decision-endpoints/decision-table.js";
import { logRequests } from "./http/access-log.js";
import { createApiKeyGuard } from "./http/api-key-guard.js";
import { createApiRouter } from "./http/api-router.js";
import { answerErrors } from "./http/error-handler.js";
import { createHealthRouter } from "./http/health-router.js";
import { createHttpFrame, type HttpFrame } from "./http/http-frame.js";
import { beginAnswers, limitRequests } from "./http/frame-handlers.js";
import { jsonReplacer } from "./http/json-replacer.js";
import { createMetricsRouter, type GuardedMetrics } from "./http/metrics-handlers.js";
import { sendProblem } from "./http/problem-response.js";
import { createOperations } from "./operations/create-operations.js";
import { createReferenceRouter, type DescribeApi } from "./reference/reference-router.js";
import type { Services } from "./operations/services.js";

/** What an application is put together from. */
export interface AppParts {
  /** What the operations work with. */
  readonly services: Services;
  /** Where the operator reads. */
  readonly logger: Logger;
  /** Further routes, such as the demo's. @defaultValue none */
  readonly extraRoutes?: Router;
  /** What is the same for every request. @defaultValue one that is closed to everybody */
  readonly frame?: HttpFrame;
  /** What `/metrics` answers, and to whom. @defaultValue nothing */
  readonly metrics?: GuardedMetrics | undefined;
  /** Describes the API, for `/openapi.json` and `/docs`. @defaultValue neither is there */
  readonly describeApi?: DescribeApi;
  /** Whether requests for decisions are logged too, which the decision log records anyway. @defaultValue `false` */
  readonly logDecisions?: boolean;
}

/** Puts the HTTP application together for Express; it listens nowhere yet. */
export function createApp(parts: AppParts): Express {
  return assemble(parts).app;
}

/**
 * Puts the HTTP application together for a `node:http` server of its own. It answers what {@link createApp} answers,
 * and a check costs it a fraction, since Express does not see those.
 */
export function createListener(parts: AppParts): RequestListener {
  const { app, decisions } = assemble(parts);
  return (request, response) => {
    if (decisions.matches(request)) {
      decisions.answer(request, response);
    } else {
      app(request, response);
    }
  };
}

interface Assembly {
  readonly app: Express;
  readonly decisions: DecisionEndpoints;
}

function assemble({ services, logger, extraRoutes, ...parts }: AppParts): Assembly {
  const { createId, storage } = services;
  const {
    frame = createHttpFrame({ createId }),
    metrics,
    describeApi,
    logDecisions = false,
  } = parts;
  const operations = createOperations(services);
  const guard = createApiKeyGuard({ ...services, apiKeys: storage.apiKeys });
  const decisions = createDecisionEndpoints({
    ...frame,
    table: decisionTable(operations),
    guard,
    errors: logger,
    accessLog: logDecisions ? logger : undefined,
  });
  const app = createBareApp();
  app.use(decisionMiddleware(decisions));
  // The log comes first, since it tells of preflights too.
  app.use(logRequests(logger), beginAnswers(frame));
  app.use(createHealthRouter(storage));
  app.use(limitRequests(frame), createMetricsRouter(metrics, frame));
  if (describeApi !== undefined) {
    app.use(createReferenceRouter(describeApi));
  }
  if (extraRoutes !== undefined) {
    app.use(extraRoutes);
  }
  app.use(createApiRouter(operations, { guard, ...frame }));
  app.use((_request, response) => {
    sendProblem(response, { code: "route_unknown", detail: "there is no such route" });
  });
  app.use(answerErrors(logger));
  return { app, decisions };
}

function createBareApp(): Express {
  const app = express();
  app.disable("x-powered-by");
  // Answers carry a version of ours as ETag or none: a hash of the body would be taken for one.
  app.set("etag", false);
  app.set("json replacer", jsonReplacer);
  return app;
}
