import type { ContentPolicy } from "../http/security-headers.js";

/**
 * What the page may load: all of it comes from this server, and nothing it is told goes elsewhere. Its styles are put in
 * by its script, which the policy has to allow.
 */
export const referencePolicy: ContentPolicy = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  connectSrc: ["'self'"],
  fontSrc: ["'self'", "data:"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
  imgSrc: ["'self'", "data:"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  workerSrc: ["'self'", "blob:"],
};

/**
 * Runs before the reference. It asks whether it may make code of text, to be quicker. It may not, and this says so
 * without the browser reporting a breach of the policy.
 */
export const scriptBefore = `globalThis.Function = new Proxy(Function, {
  construct() {
    throw new EvalError("no code is made of text here");
  },
});
`;

/**
 * Starts the reference. Everything by which it could speak to anybody else is off. A server that is only `/` in the
 * description is wherever the page is, whatever path a proxy puts before it.
 */
export const scriptAfter = `
Scalar.createApiReference("#app", {
  url: new URL("openapi.json", document.baseURI).href,
  baseServerURL: new URL(".", document.baseURI).href.replace(/\\/$/, ""),
  agent: { disabled: true },
  hideClientButton: true,
  mcp: { disabled: true },
  persistAuth: false,
  proxyUrl: "",
  showDeveloperTools: "never",
  telemetry: false,
  withDefaultFonts: false,
});
`;

/**
 * The page of the reference. Its links are relative, so that it works below any path that a proxy puts before it.
 *
 * @param script - The name of its script.
 */
export function referencePage(script: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>byot API reference</title>
    <link rel="icon" href="data:,">
  </head>
  <body>
    <div id="app"></div>
    <noscript>The reference needs scripts. <a href="openapi.json">openapi.json</a> has all of it too.</noscript>
    <script src="docs/${script}"></script>
  </body>
</html>
`;
}
