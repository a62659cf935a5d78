import { ByotError, UnavailableError } from "../errors/errors.js";
import { withinDeadline } from "../transport/deadline.js";
import type { FetchBodyReader, FetchResponse } from "../transport/fetch-like.js";
import type { ApiRequest } from "./ask.js";
import { callOf } from "./ask.js";
import type { Connection } from "./connection.js";

type Piece = Awaited<ReturnType<FetchBodyReader["read"]>>;

function brokenOff(operation: string): UnavailableError {
  return new UnavailableError(`the answer to \`${operation}\` broke off`, {
    code: "connection_failed",
    fix: "Ask again: what came until now is a part, not the whole.",
  });
}

// What was not read as a stream by a `fetch` of the application's own comes in one piece.
function readerOf(response: FetchResponse): FetchBodyReader {
  if (response.body !== undefined && response.body !== null) {
    return response.body.getReader();
  }
  let rest: Promise<string> | undefined = response.text();
  return {
    read: async () => {
      const text = await rest;
      rest = undefined;
      return text === undefined
        ? { done: true }
        : { done: false, value: new TextEncoder().encode(text) };
    },
    cancel: async () => undefined,
  };
}

async function* piecesOf(
  response: FetchResponse,
  { operation, options: { signal } }: ApiRequest,
  timeoutMs: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = readerOf(response);
  const next = async (): Promise<Piece> => {
    try {
      return await withinDeadline({ timeoutMs, signal }, async () => reader.read());
    } catch (error) {
      throw error instanceof ByotError || signal?.aborted === true ? error : brokenOff(operation);
    }
  };
  try {
    // oxlint-disable-next-line no-await-in-loop -- a piece comes after the one before it
    for (let piece = await next(); !piece.done; piece = await next()) {
      if (piece.value !== undefined) {
        yield piece.value;
      }
    }
  } finally {
    // Also when nobody wants the rest. What comes of giving up is nobody's concern.
    reader.cancel().catch(() => undefined);
  }
}

/**
 * The lines of an answer, as they arrive. The time of the call bounds the wait for each piece, not the whole.
 *
 * @throws ByotError or one of its subclasses, also when the answer ends within a line; the signal's own reason when the
 * caller stopped.
 */
export async function* readLines(
  connection: Connection,
  request: ApiRequest,
): AsyncGenerator<string, void, undefined> {
  const call = callOf(request);
  const timeoutMs = request.options.timeoutMs ?? connection.timeoutMs ?? call.defaultTimeoutMs;
  const { response } = await connection.send({ ...call, streamed: true });
  const decoder = new TextDecoder();
  let rest = "";
  for await (const piece of piecesOf(response, request, timeoutMs)) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") {
    throw brokenOff(request.operation);
  }
}
