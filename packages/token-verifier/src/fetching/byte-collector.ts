import { fail, type Result, succeed } from "../result.js";
import type { KeyFailure } from "../keys/key-failure.js";

/**
 * Puts the chunks of a body together, up to a number of bytes. They are copied into one piece of memory: a
 * body that arrives byte by byte would otherwise cost a hundred times its size.
 *
 * @throws what reading a chunk fails with.
 */
export async function collectBytes(
  chunks: AsyncIterable<Uint8Array>,
  maximumBytes: number,
): Promise<Result<Uint8Array, KeyFailure>> {
  let bytes = new Uint8Array(Math.min(maximumBytes, firstBytes));
  let length = 0;
  for await (const chunk of chunks) {
    const end = length + chunk.length;
    if (end > maximumBytes) {
      return fail({ code: "too_large", message: `the answer has more than ${maximumBytes} bytes` });
    }
    if (end > bytes.length) {
      bytes = enlarge(bytes, Math.min(maximumBytes, Math.max(end, bytes.length * 2)));
    }
    bytes.set(chunk, length);
    length = end;
  }
  return succeed(bytes.subarray(0, length));
}

/** Enough for most key sets. */
const firstBytes = 8192;

function enlarge(bytes: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}
