import { lookup } from "node:dns/promises";
import { type ClientRequest, request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import type { KeyFailure } from "../keys/key-failure.js";
import { fail, type Result } from "../result.js";
import type { DocumentFetcher, DocumentRequest, FetchedDocument } from "./document-fetcher.js";
import { createGuardedLookup, ForbiddenAddressError, type HostResolver } from "./guarded-lookup.js";
import { type KeyUrl, readKeyUrl } from "./key-url.js";
import { type KeyUrlRules, parseKeyUrlRules } from "./key-url-rules.js";
import { limitConnecting, SlowConnectionError } from "./limit-connecting.js";
import { readResponse } from "./read-response.js";

/** How the Node fetcher reaches the network. */
export interface NodeFetcherOptions extends KeyUrlRules {
  /** Resolves host names. @defaultValue the resolver of the operating system */
  readonly resolveHost?: HostResolver;
  /**
   * Certificates of private authorities, as PEM, trusted in addition to those that come with Node. Where it
   * is set, `NODE_EXTRA_CA_CERTS` does not count. @defaultValue none
   */
  readonly extraCertificateAuthorities?: readonly string[];
}

/** The parts of a fetcher, made once. */
interface Equipment {
  readonly resolveHost: HostResolver;
  readonly secureContext: SecureContext | undefined;
}

/**
 * Makes the fetcher for Node: https on port 443 to public addresses, judged by the addresses that are
 * really connected to. A connection serves one document; nothing is followed, unpacked or remembered.
 *
 * @throws TypeError when an entry of `allow` is neither a host with a port nor a range.
 * @throws Error when a certificate can not be read.
 */
export function createNodeFetcher(options: NodeFetcherOptions = {}): DocumentFetcher {
  const rules = parseKeyUrlRules(options);
  const equipment: Equipment = {
    resolveHost: options.resolveHost ?? ((hostname) => lookup(hostname, { all: true })),
    secureContext: createContext(options.extraCertificateAuthorities ?? []),
  };
  return async (request) => {
    const target = readKeyUrl(request.url, rules);
    return target.ok
      ? await fetchDocument(target.value, request, equipment)
      : fail({ code: "url_forbidden", message: `the url ${target.error}` });
  };
}

function createContext(authorities: readonly string[]): SecureContext | undefined {
  return authorities.length === 0
    ? undefined
    : createSecureContext({ ca: [...rootCertificates, ...authorities] });
}

async function fetchDocument(
  target: KeyUrl,
  { maximumBytes, timeoutMilliseconds, connectMilliseconds }: DocumentRequest,
  equipment: Equipment,
): Promise<Result<FetchedDocument, KeyFailure>> {
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  try {
    const request = openRequest(target, equipment, signal);
    limitConnecting(request, connectMilliseconds);
    return await readResponse(request, maximumBytes);
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
  { resolveHost, secureContext }: Equipment,
  signal: AbortSignal,
): ClientRequest {
  const options: RequestOptions = {
    agent: false,
    lookup: createGuardedLookup(resolveHost, isAllowedAddress),
    headers: { accept: "application/json", "accept-encoding": "identity" },
    signal,
  };
  if (url.protocol === "http:") {
    return httpRequest(url, options);
  }
  // SECURITY: said here, the check of certificates can not be switched off from the environment.
  const security = { rejectUnauthorized: true, minVersion: "TLSv1.2" } as const;
  return httpsRequest(url, {
    ...options,
    ...security,
    ...(secureContext === undefined ? {} : { secureContext }),
  });
}

function describeFailure(error: unknown): KeyFailure {
  if (error instanceof SlowConnectionError) {
    return { code: "timed_out", message: error.message };
  }
  if (error instanceof ForbiddenAddressError) {
    return { code: "address_forbidden", message: error.message };
  }
  const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
  return { code: "unreachable", message: `the server can not be reached${code}` };
}
