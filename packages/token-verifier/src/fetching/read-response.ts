import { Buffer } from "node:buffer";
import type { ClientRequest, IncomingMessage } from "node:http";
import type { KeyFailure } from "../keys/key-failure.js";
import { fail, type Result, succeed } from "../result.js";

/**
 * Sends a request and reads its answer: 200 and nothing else, not encoded, of bounded size.
 *
 * @throws what the connection fails with.
 */
export async function readResponse(
  request: ClientRequest,
  maximumBytes: number,
): Promise<Result<Uint8Array, KeyFailure>> {
  const response = await receive(request);
  try {
    const refusal = judge(response);
    return refusal === undefined ? await readBody(response, maximumBytes) : fail(refusal);
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

function judge(response: IncomingMessage): KeyFailure | undefined {
  const { statusCode = 0, headers } = response;
  if (statusCode >= 300 && statusCode < 400) {
    return { code: "redirected", message: `the server answered ${statusCode}, a redirect` };
  }
  if (statusCode !== 200) {
    return { code: "status_not_ok", message: `the server answered ${statusCode}, not 200` };
  }
  const { "content-encoding": encoding = "identity" } = headers;
  return encoding.toLowerCase() === "identity"
    ? undefined
    : { code: "encoding_not_identity", message: "the server encoded its answer" };
}

async function readBody(
  response: IncomingMessage,
  maximumBytes: number,
): Promise<Result<Uint8Array, KeyFailure>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of binaryChunks(response)) {
    length += chunk.length;
    if (length > maximumBytes) {
      const message = `the answer has more than ${maximumBytes} bytes`;
      return fail({ code: "too_large", message });
    }
    chunks.push(chunk);
  }
  return succeed(Buffer.concat(chunks));
}

/** A response without a character encoding is a stream of buffers, which its type does not say. */
function binaryChunks(response: IncomingMessage): AsyncIterable<Uint8Array> {
  return response;
}
