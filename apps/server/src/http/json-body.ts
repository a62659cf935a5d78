import { raw, type Request, type Response } from "express";
import { done, type Outcome, refused } from "../operations/outcome.js";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const jsonType = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/** Whether a content type is that of a JSON body. */
export function isJsonType(contentType: string | undefined): boolean {
  return jsonType.test(contentType ?? "");
}

/**
 * Reads a request's body as JSON. Rejects with the error of the body parser when the body is larger than `limitBytes`,
 * compressed or cut off.
 */
export async function readJsonBody(
  request: Request,
  response: Response,
  limitBytes: number,
): Promise<Outcome<unknown>> {
  if (!isJsonType(request.get("content-type"))) {
    const detail = "the body must be `application/json`";
    return refused({ code: "content_type_unsupported", detail });
  }
  return parseJson(await readBytes(request, response, limitBytes));
}

function readBytes(request: Request, response: Response, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    raw({ type: () => true, limit, inflate: false })(request, response, (error: unknown) => {
      if (error === undefined) {
        const body: unknown = request.body;
        resolve(body instanceof Uint8Array ? body : new Uint8Array());
      } else {
        reject(error);
      }
    });
  });
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
