import {
  noBodySchema,
  type NoParameters,
  noParametersSchema,
  ordinaryBodyLimitBytes,
} from "./collection-routes.js";
import {
  newSessionBodySchema,
  sessionAnswerSchema,
  type NewSessionBody,
  type SessionAnswer,
} from "./console-session.js";
import { type DataAnswer, dataAnswer } from "./envelope.js";
import type { Route } from "./route.js";

/** The console's session: an API key exchanged for a cookie that no script can read. */
export interface SessionRoutes {
  /** Exchanges an API key for the cookie. */
  readonly create: Route<NoParameters, NoParameters, NewSessionBody, DataAnswer<SessionAnswer>>;
  /** Whose session it is. */
  readonly read: Route<NoParameters, NoParameters, undefined, DataAnswer<SessionAnswer>>;
  /** Takes the cookie back. */
  readonly remove: Route<NoParameters, NoParameters, undefined, undefined>;
}

const shared = {
  format: "json",
  path: "/console/session",
  parameters: noParametersSchema,
  query: noParametersSchema,
  requiresVersion: false,
} as const;

/** The routes of the console's session. */
export const sessionRoutes: SessionRoutes = {
  create: {
    ...shared,
    method: "post",
    summary: "Exchanges an API key for the console's session cookie.",
    access: "anyone",
    body: newSessionBodySchema,
    bodyLimitBytes: ordinaryBodyLimitBytes,
    status: 201,
    answer: dataAnswer(sessionAnswerSchema),
  },
  read: {
    ...shared,
    method: "get",
    summary: "Says whose session it is.",
    access: "any_key",
    body: noBodySchema,
    bodyLimitBytes: 0,
    status: 200,
    answer: dataAnswer(sessionAnswerSchema),
  },
  remove: {
    ...shared,
    method: "delete",
    summary: "Ends the session.",
    access: "anyone",
    body: noBodySchema,
    bodyLimitBytes: 0,
    status: 204,
    answer: noBodySchema,
  },
};
