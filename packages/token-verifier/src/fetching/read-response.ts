import type { ClientRequest, IncomingMessage } from "node:http";
import type { KeyFailure } from "../keys/key-failure.js";
import { fail, type Result, succeed } from "../result.js";
import { collectBytes } from "./byte-collector.js";
import { readMaxAge } from "./cache-control.js";
import type { FetchedDocument } from "./document-fetcher.js";
import { judgeAnswer } from "./judge-answer.js";

/**
 * Sends a request and reads its answer: 200 and nothing else, not encoded, of bounded size.
 *
 * @throws what the connection fails with.
 */
export async function readResponse(
  request: ClientRequest,
  maximumBytes: number,
): Promise<Result<FetchedDocument, KeyFailure>> {
  const response = await receive(request);
  try {
    const { statusCode = 0, headers } = response;
    const refusal = judgeAnswer({
      status: statusCode,
      contentEncoding: headers["content-encoding"],
    });
    if (refusal !== undefined) {
      return fail(refusal);
    }
    const bytes = await collectBytes(binaryChunks(response), maximumBytes);
    const maxAgeSeconds = readMaxAge(headers["cache-control"]);
    return bytes.ok
      ? succeed({ bytes: bytes.value, ...(maxAgeSeconds === undefined ? {} : { maxAgeSeconds }) })
      : bytes;
  } finally {
    // Nothing more is read from this connection, whatever the server still has to say.
    request.destroy();
  }
}

function receive(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once("response", resolve);
    // It stays for good: destroying the request later may emit one more error, which is of no interest.
    request.on("error", reject);
    request.once("close", () => reject(new Error("the connection was closed without an answer")));
    request.end();
  });
}

/** A response without a character encoding is a stream of buffers, which its type does not say. */
function binaryChunks(response: IncomingMessage): AsyncIterable<Uint8Array> {
  return response;
}
