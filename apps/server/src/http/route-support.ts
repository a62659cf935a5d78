import type { HttpFrame } from "./http-frame.js";
import type { RequestReading } from "./read-invocation.js";

/** What every route is answered with. */
export interface RouteSupport extends RequestReading, Pick<HttpFrame, "rateLimits"> {}
