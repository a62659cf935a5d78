import type { IncomingMessage } from "node:http";
import { type Outcome, type OperationProblem, refused } from "../operations/outcome.js";

const tooLarge: OperationProblem = {
  code: "body_too_large",
  detail: "the body is larger than the route takes",
};

const compressed: OperationProblem = {
  code: "content_type_unsupported",
  detail: "the body must not be compressed",
};

const cutOff: OperationProblem = { code: "json_malformed", detail: "the body was cut off" };

// A client goes on sending until it has read the answer that tells it of its mistake.
const mostDiscardedBytes = 1024 * 1024;

/** Makes something of the bytes of a body. */
export type Understand<Body> = (bytes: Uint8Array) => Outcome<Body>;

/**
 * Reads a request's body, of which no more than `limitBytes` are ever kept in memory, whatever `Content-Length` says.
 * A body that somebody has read before is empty.
 */
export function readBody<Body>(
  request: IncomingMessage,
  limitBytes: number,
  understand: Understand<Body>,
): Promise<Outcome<Body>> {
  const problem = problemOfHead(request, limitBytes);
  if (problem !== undefined) {
    return Promise.resolve(refuseUnread(request, problem));
  }
  if (request.readableEnded) {
    return Promise.resolve(understand(new Uint8Array()));
  }
  return request.destroyed
    ? Promise.resolve(refused(cutOff))
    : collect(request, limitBytes, understand);
}

function problemOfHead(
  { headers }: IncomingMessage,
  limitBytes: number,
): OperationProblem | undefined {
  const encoding = headers["content-encoding"] ?? "";
  if (encoding !== "" && encoding.toLowerCase() !== "identity") {
    return compressed;
  }
  return Number(headers["content-length"] ?? 0) > limitBytes ? tooLarge : undefined;
}

function collect<Body>(
  request: IncomingMessage,
  limitBytes: number,
  understand: Understand<Body>,
): Promise<Outcome<Body>> {
  return new Promise((resolve, reject) => {
    if (request.readableEncoding !== null) {
      throw new TypeError("the body must be left to this application as bytes");
    }
    const chunks: Uint8Array[] = [];
    let length = 0;
    const onData = (chunk: Uint8Array): void => {
      length += chunk.length;
      if (length <= limitBytes) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      request.off("data", onData);
      resolve(refuseUnread(request, tooLarge));
    };
    const onEnd = (): void => {
      // What an event's listener throws would end the process.
      try {
        resolve(understand(joined(chunks)));
      } catch (error) {
        reject(error);
      }
    };
    const onCut = (): void => resolve(refused(cutOff));
    request.on("data", onData).on("end", onEnd).on("error", onCut).on("close", onCut);
  });
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
}

/**
 * Refuses a request whose body nobody reads. What is still sent of it is thrown away, so that the client gets to read
 * its answer; the connection is cut when there is no end to it.
 */
export function refuseUnread(request: IncomingMessage, problem: OperationProblem): Outcome<never> {
  let length = 0;
  request.on("data", (chunk: Uint8Array) => {
    length += chunk.length;
    if (length > mostDiscardedBytes) {
      request.destroy();
    }
  });
  return refused(problem);
}
