import type { KeyFailure } from "../keys/key-failure.js";
import { fail, type Result, succeed } from "../result.js";
import { collectBytes } from "./byte-collector.js";
import { readMaxAge } from "./cache-control.js";
import type { DocumentFetcher, DocumentRequest, FetchedDocument } from "./document-fetcher.js";
import { judgeAnswer } from "./judge-answer.js";
import { readKeyUrl } from "./key-url.js";
import { type KeyUrlRules, parseKeyUrlRules } from "./key-url-rules.js";

/** How the `fetch` fetcher reaches the network. */
export interface FetchFetcherOptions extends KeyUrlRules {
  /** Sends one request. @defaultValue the `fetch` of the runtime */
  readonly fetch?: FetchFunction;
}

/** As much of `fetch` as is needed. */
export type FetchFunction = (url: string, init: FetchSettings) => Promise<FetchAnswer>;

/** What a request is sent with. */
export interface FetchSettings {
  /** A redirect is an answer like any other. */
  readonly redirect: "manual";
  /** What is wanted. */
  readonly headers: Record<string, string>;
  /** Ends the request. */
  readonly signal: AbortSignal;
}

/** As much of a `Response` as is needed. */
export interface FetchAnswer {
  /** The status code, 0 for a redirect that the runtime hides. */
  readonly status: number;
  /** The headers. */
  readonly headers: {
    /** One header, `null` when it is not there. */
    get(name: string): string | null;
  };
  /** The body, `null` when there is none. */
  readonly body: {
    /** Gives the body away, chunk by chunk. */
    getReader(): ChunkReader;
  } | null;
}

/** Gives a body away chunk by chunk. */
export interface ChunkReader {
  /** The next chunk. */
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  /** Wants no more. */
  cancel(): Promise<void>;
}

/**
 * Makes a fetcher for runtimes with `fetch` and without `node:https`: Workers, Deno, Bun. It refuses what the
 * Node fetcher refuses but for one thing, because `fetch` does not tell where it connects to: a host *name*
 * may resolve to a private address. Whoever runs it keeps such addresses out of reach, by the network or by
 * the permissions of the runtime.
 *
 * @throws TypeError when an entry of `allow` is neither a host with a port nor a range.
 */
export function createFetchFetcher(options: FetchFetcherOptions = {}): DocumentFetcher {
  const rules = parseKeyUrlRules(options);
  const send: FetchFunction = options.fetch ?? ((url, init) => fetch(url, init));
  return async (request) => {
    const target = readKeyUrl(request.url, rules);
    return target.ok
      ? await fetchDocument(target.value.url.href, request, send)
      : fail({ code: "url_forbidden", message: `the url ${target.error}` });
  };
}

async function fetchDocument(
  url: string,
  { maximumBytes, timeoutMilliseconds }: DocumentRequest,
  send: FetchFunction,
): Promise<Result<FetchedDocument, KeyFailure>> {
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  const headers = { accept: "application/json", "accept-encoding": "identity" };
  try {
    const answer = await send(url, { redirect: "manual", headers, signal });
    return await readAnswer(answer, maximumBytes);
  } catch {
    return fail(
      signal.aborted
        ? { code: "timed_out", message: `there was no answer within ${timeoutMilliseconds} ms` }
        : { code: "unreachable", message: "the server can not be reached" },
    );
  }
}

async function readAnswer(
  { status, headers, body }: FetchAnswer,
  maximumBytes: number,
): Promise<Result<FetchedDocument, KeyFailure>> {
  const reader = body?.getReader();
  try {
    const contentEncoding = headers.get("content-encoding") ?? undefined;
    const refusal = judgeAnswer({ status, contentEncoding });
    if (refusal !== undefined) {
      return fail(refusal);
    }
    const bytes = await collectBytes(chunksOf(reader), maximumBytes);
    const maxAgeSeconds = readMaxAge(headers.get("cache-control"));
    return bytes.ok
      ? succeed({ bytes: bytes.value, ...(maxAgeSeconds === undefined ? {} : { maxAgeSeconds }) })
      : bytes;
  } finally {
    // Nothing more is read, whatever the server still has to say; that this can fail is of no interest.
    await reader?.cancel().catch(() => {});
  }
}

async function* chunksOf(reader: ChunkReader | undefined): AsyncGenerator<Uint8Array> {
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- chunks come one after the other
    const next = await reader?.read();
    if (next?.value === undefined || next.done) {
      return;
    }
    yield next.value;
  }
}
