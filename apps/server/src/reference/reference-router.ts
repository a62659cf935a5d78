import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type RequestHandler, Router } from "express";
import { sendProblem } from "../http/problem-response.js";
import { allowContent } from "../http/security-headers.js";
import { referencePage, referencePolicy, scriptAfter, scriptBefore } from "./reference-page.js";
import { type ServedFile, serveScript } from "./served-file.js";

/** Makes the description of the API: an OpenAPI document, as plain JSON. */
export type DescribeApi = () => Readonly<Record<string, unknown>>;

interface Reference {
  readonly page: string;
  readonly script: ServedFile;
}

/**
 * `/openapi.json`, and `/docs` that shows it: a page for people whose script comes from this server as well. `/` leads
 * there. Everything is read and made when it is first asked for.
 */
export function createReferenceRouter(describeApi: DescribeApi): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const allow = allowContent(referencePolicy);
  let reference: Promise<Reference> | undefined;
  let document: string | undefined;
  const load = (): Promise<Reference> => (reference ??= loadReference());

  router.get("/", redirectTo("docs"));
  router.get("/docs/", redirectTo("../docs"));
  router.get("/openapi.json", (_request, response) => {
    document ??= JSON.stringify(describeApi());
    response.set("Cache-Control", "no-store").type("application/json").send(document);
  });
  router.get("/docs", async (_request, response) => {
    const { page } = await load();
    allow(response);
    response.set("Cache-Control", "no-store").type("text/html").send(page);
  });
  router.get("/docs/:file", async (request, response, next) => {
    const { script } = await load();
    if (request.params.file === script.name) {
      await script.answer(request, response, next);
    } else {
      sendProblem(response, { code: "route_unknown", detail: "there is no such file" });
    }
  });
  return router;
}

// Relative, since a proxy may have taken the beginning of the path away.
function redirectTo(location: string): RequestHandler {
  return (_request, response) => {
    response.set("Cache-Control", "no-store").status(302).set("Location", location).end();
  };
}

// The package carries the script with it; the repository has the package that it comes from.
const carried = new URL("../../assets/api-reference.js", import.meta.url);
const installed = "@scalar/api-reference/browser/standalone.js";

function readBundle(): Promise<Buffer> {
  return readFile(
    existsSync(carried) ? carried : createRequire(import.meta.url).resolve(installed),
  );
}

async function loadReference(): Promise<Reference> {
  const content = [Buffer.from(scriptBefore), await readBundle(), Buffer.from(scriptAfter)];
  const script = serveScript("reference", Buffer.concat(content));
  return { page: referencePage(script.name), script };
}
