/** The byot authorization service over HTTP. @module */
export { createApp } from "./create-app.js";
export type { AppParts } from "./create-app.js";
export type { Services } from "./operations/services.js";
