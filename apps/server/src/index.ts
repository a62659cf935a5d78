/** The byot authorization service over HTTP. @module */
export { createApp, createListener } from "./create-app.js";
export { createHttpFrame } from "./http/http-frame.js";
export type { AppParts } from "./create-app.js";
export type { HttpFrame, HttpFrameParts } from "./http/http-frame.js";
export type { HttpObserver } from "./http/http-observer.js";
export type { HttpOptions } from "./http/http-options.js";
export type { Services } from "./operations/services.js";
