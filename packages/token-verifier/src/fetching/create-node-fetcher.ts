import { lookup } from "node:dns/promises";
import { type ClientRequest, request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import type { KeyFailure } from "../keys/key-failure.js";
import { fail, type Result, succeed } from "../result.js";
import type { DocumentFetcher, DocumentRequest, FetchedDocument } from "./document-fetcher.js";
import { createGuardedLookup, ForbiddenAddressError, type HostResolver } from "./guarded-lookup.js";
import { type KeyUrl, type KeyUrlRules, readKeyUrl } from "./key-url.js";
import { readResponse } from "./read-response.js";

/** How the Node fetcher reaches the network. */
export interface NodeFetcherOptions extends KeyUrlRules {
  /** Resolves host names. @defaultValue the resolver of the operating system */
  readonly resolveHost?: HostResolver;
}

/**
 * Makes the fetcher for Node: https on port 443 to public addresses, judged by the addresses that are
 * really connected to. A connection serves one document; nothing is followed, unpacked or remembered.
 */
export function createNodeFetcher(options: NodeFetcherOptions = {}): DocumentFetcher {
  const resolveHost = options.resolveHost ?? ((hostname) => lookup(hostname, { all: true }));
  return async (request) => {
    const target = readKeyUrl(request.url, options);
    return target.ok
      ? await fetchDocument(target.value, request, resolveHost)
      : fail({ code: "url_forbidden", message: `the url ${target.error}` });
  };
}

async function fetchDocument(
  target: KeyUrl,
  { maximumBytes, timeoutMilliseconds }: DocumentRequest,
  resolveHost: HostResolver,
): Promise<Result<FetchedDocument, KeyFailure>> {
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  try {
    const request = openRequest(target, resolveHost, signal);
    const bytes = await readResponse(request, maximumBytes);
    return bytes.ok ? succeed({ bytes: bytes.value }) : bytes;
  } catch (error) {
    return fail(
      signal.aborted
        ? { code: "timed_out", message: `there was no answer within ${timeoutMilliseconds} ms` }
        : describeFailure(error),
    );
  }
}

function openRequest(
  { url, isAllowedAddress }: KeyUrl,
  resolveHost: HostResolver,
  signal: AbortSignal,
): ClientRequest {
  const options: RequestOptions = {
    agent: false,
    lookup: createGuardedLookup(resolveHost, isAllowedAddress),
    headers: { accept: "application/json", "accept-encoding": "identity" },
    signal,
  };
  // SECURITY: said here, the check of certificates can not be switched off from the environment.
  return url.protocol === "http:"
    ? httpRequest(url, options)
    : httpsRequest(url, { ...options, rejectUnauthorized: true, minVersion: "TLSv1.2" });
}

function describeFailure(error: unknown): KeyFailure {
  if (error instanceof ForbiddenAddressError) {
    return { code: "address_forbidden", message: error.message };
  }
  const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
  return { code: "unreachable", message: `the server can not be reached${code}` };
}
