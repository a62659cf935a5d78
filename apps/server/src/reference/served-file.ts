import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { RequestHandler } from "express";

const compress = promisify(gzip);

/** A file that browsers keep: its name says what is in it. */
export interface ServedFile {
  /** Its name, with the hash of what is in it. */
  readonly name: string;
  /** Answers a request for it. */
  readonly answer: RequestHandler;
}

/** Serves a script under a name that changes with it. It is compressed once, when it is first asked for. */
export function serveScript(title: string, content: Buffer): ServedFile {
  const hash = createHash("sha256").update(content).digest("base64url").slice(0, 16);
  let compressed: Promise<Buffer> | undefined;
  return {
    name: `${title}.${hash}.js`,
    async answer(request, response) {
      response.vary("Accept-Encoding");
      response.set("Cache-Control", "public, max-age=31536000, immutable");
      response.set("Content-Type", "text/javascript; charset=utf-8");
      if (request.acceptsEncodings("gzip") === "gzip") {
        compressed ??= compress(content, { level: constants.Z_BEST_COMPRESSION });
        response.set("Content-Encoding", "gzip").end(await compressed);
      } else {
        response.end(content);
      }
    },
  };
}
