import { once } from "node:events";
import type { StreamRoute } from "@byot/api-contract";
import type { RequestHandler, Response } from "express";
import type { Pages, StreamOperation } from "../operations/operation.js";
import { answerRefusal } from "./answer-refusal.js";
import { jsonReplacer } from "./json-replacer.js";
import { readInvocation } from "./read-invocation.js";
import type { RouteSupport } from "./route-support.js";

/**
 * Answers a route line by line, no faster than its caller reads, and ends the reading when the caller goes, or takes
 * nothing for a minute. What goes wrong before the first page is read is a problem like any other; what goes wrong afterwards rejects with the head
 * already sent.
 */
export function streamedRoute<Path, Query, Line>(
  route: StreamRoute<Path, Query, Line>,
  operation: StreamOperation<Path, Query, Line>,
  support: RouteSupport,
): RequestHandler {
  return async (request, response) => {
    const invocation = await readInvocation(route, support, { request, response });
    const outcome = invocation.ok ? await operation(invocation.value) : invocation;
    if (!outcome.ok) {
      await answerRefusal({ request, response }, outcome.problem, support);
      return;
    }
    const pages = outcome.value;
    const first = await pages.next();
    response.status(route.status).set("Cache-Control", "no-store");
    response.set("Content-Type", "application/x-ndjson");
    if (request.method !== "HEAD" && first.done !== true) {
      await sendPages(response, first.value, pages);
    }
    response.end();
  };
}

async function sendPages<Line>(
  response: Response,
  first: readonly Line[],
  rest: Pages<Line>,
): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  if (response.destroyed) {
    // It has gone while the first page was read, and no event tells of that any more.
    gone.abort();
  }
  response.once("timeout", () => response.destroy());
  try {
    await sendPage(response, first, gone.signal);
    for await (const page of rest) {
      await sendPage(response, page, gone.signal);
    }
  } catch (error) {
    // A caller that has gone away is none of the server's faults.
    if (!gone.signal.aborted) {
      throw error;
    }
  } finally {
    await rest.return(undefined);
  }
}

/** How long a caller may take nothing at all of an answer that it has asked for. */
const longestStallMillis = 60_000;

/** Resolves once the caller has room for more; rejects when it goes away before, or is sent away since it stalls. */
async function sendPage(
  response: Response,
  page: readonly unknown[],
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const text = page.map((line) => `${JSON.stringify(line, jsonReplacer)}\n`).join("");
  if (text !== "" && !response.write(text)) {
    // Counts from the last byte that went out, however few they are: only who takes none is given up.
    response.setTimeout(longestStallMillis);
    await once(response, "drain", { signal });
    response.setTimeout(0);
  }
}
