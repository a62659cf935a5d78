import express, { type Express, type Router } from "express";
import helmet from "helmet";
import type { Logger } from "pino";
import { logRequests } from "./http/access-log.js";
import { createApiKeyGuard } from "./http/api-key-guard.js";
import { createApiRouter } from "./http/api-router.js";
import { answerErrors } from "./http/error-handler.js";
import { createHealthRouter } from "./http/health-router.js";
import { jsonReplacer } from "./http/json-replacer.js";
import { sendProblem } from "./http/problem-response.js";
import { identifyRequests } from "./http/request-id.js";
import { createOperations } from "./operations/create-operations.js";
import type { Services } from "./operations/services.js";

/** What an application is put together from. */
export interface AppParts {
  /** What the operations work with. */
  readonly services: Services;
  /** Where the operator reads. */
  readonly logger: Logger;
  /** Further routes, such as the demo's. @defaultValue none */
  readonly extraRoutes?: Router;
}

/** Puts the HTTP application together; it listens nowhere yet. */
export function createApp({ services, logger, extraRoutes }: AppParts): Express {
  const app = express();
  app.disable("x-powered-by");
  // Answers carry a version of ours as ETag or none: a hash of the body would be taken for one.
  app.set("etag", false);
  app.set("json replacer", jsonReplacer);
  app.use(identifyRequests(services.createId), logRequests(logger), securityHeaders());
  app.use(createHealthRouter(services.storage));
  if (extraRoutes !== undefined) {
    app.use(extraRoutes);
  }
  const guard = createApiKeyGuard({ ...services, apiKeys: services.storage.apiKeys });
  app.use(createApiRouter(createOperations(services), guard));
  app.use((_request, response) => {
    sendProblem(response, { code: "route_unknown", detail: "there is no such route" });
  });
  app.use(answerErrors(logger));
  return app;
}

// The API is also served by plain http on loopback, where these two would make browsers insist on https.
function securityHeaders(): ReturnType<typeof helmet> {
  return helmet({
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
  });
}
