import type { IncomingMessage } from "node:http";
import { done, type Outcome, refused } from "../operations/outcome.js";
import { readBody, refuseUnread } from "./read-body.js";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const jsonType = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/** Whether a content type is that of JSON in UTF-8. */
export function isJsonType(contentType: string | undefined): boolean {
  return contentType === "application/json" || jsonType.test(contentType ?? "");
}

/**
 * Reads a request's body as JSON. What an application around this one has parsed already is taken as it is: its limit
 * is the application's own then.
 */
export function readJsonBody(
  request: IncomingMessage,
  limitBytes: number,
): Promise<Outcome<unknown>> {
  if (!isJsonType(request.headers["content-type"])) {
    const detail = "the body must be `application/json`";
    return Promise.resolve(refuseUnread(request, { code: "content_type_unsupported", detail }));
  }
  const parsed = parsedBody(request);
  return parsed === undefined
    ? readBody(request, limitBytes, parseJson)
    : Promise.resolve(done(parsed));
}

// Where body parsers leave what they have read.
function parsedBody(request: IncomingMessage): unknown {
  return "body" in request ? request.body : undefined;
}

function parseJson(bytes: Uint8Array): Outcome<unknown> {
  try {
    return done(JSON.parse(utf8.decode(bytes)));
  } catch {
    // The parser's message would quote the body, and with it perhaps a token.
    const detail =
      bytes.length === 0 ? "the body is empty" : "the body is not well-formed JSON in UTF-8";
    return refused({ code: "json_malformed", detail });
  }
}
