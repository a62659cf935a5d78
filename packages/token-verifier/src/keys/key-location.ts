import type { Clock } from "../clock.js";
import type { DocumentFetcher } from "../fetching/document-fetcher.js";
import { fetchJson } from "../fetching/fetch-json.js";
import type { Limits } from "../limits.js";
import { fail, type Result, succeed } from "../result.js";
import type { KeyFailure } from "./key-failure.js";

/** Knows where the key set of an issuer is. */
export interface KeyLocation {
  /** The address of the key set. */
  locate(): Promise<Result<string, KeyFailure>>;
  /** Says that nothing good was found there, so that the address is asked for again. */
  distrust(): void;
}

/** What finding an address by discovery takes. */
export interface DiscoveryParts {
  /** The issuer, exactly as its metadata has to spell it. */
  readonly issuer: string;
  /** Fetches the metadata. */
  readonly fetcher: DocumentFetcher;
  /** The time. */
  readonly clock: Clock;
  /** How long metadata lives. */
  readonly limits: Limits;
}

/** An address that was written down. */
export function fixedLocation(jwksUri: string): KeyLocation {
  return { locate: async () => succeed(jwksUri), distrust: () => {} };
}

/**
 * Where the metadata of an issuer is: a slash at the end is not doubled
 * (OpenID Connect Discovery 1.0 §4.1).
 */
export function discoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
}

/** An address that the issuer publishes, asked for again when its life is over. */
export function discoveredLocation(parts: DiscoveryParts): KeyLocation {
  const { issuer, fetcher, clock, limits } = parts;
  let known: { readonly url: string; readonly askedAt: number } | undefined;
  return {
    locate: async () => {
      const now = clock().getTime();
      if (known !== undefined && isYounger(now - known.askedAt, limits.discoveryLifeSeconds)) {
        return succeed(known.url);
      }
      const url = await discover(issuer, fetcher, limits);
      known = url.ok ? { url: url.value, askedAt: now } : undefined;
      return url;
    },
    distrust: () => {
      known = undefined;
    },
  };
}

function isYounger(milliseconds: number, seconds: number): boolean {
  return milliseconds >= 0 && milliseconds < seconds * 1000;
}

async function discover(
  issuer: string,
  fetcher: DocumentFetcher,
  limits: Limits,
): Promise<Result<string, KeyFailure>> {
  const metadata = await fetchJson(fetcher, discoveryUrl(issuer), limits);
  if (!metadata.ok) {
    return metadata;
  }
  const { issuer: stated, jwks_uri: jwksUri } = metadata.value;
  // SECURITY: metadata of another issuer says nothing about this one, however alike their names are
  // (OpenID Connect Discovery 1.0 §4.3).
  if (stated !== issuer) {
    return fail(issuerMismatch(issuer, stated));
  }
  return typeof jwksUri === "string"
    ? succeed(jwksUri)
    : fail({ code: "metadata_invalid", message: "the metadata has no string `jwks_uri`" });
}

function issuerMismatch(issuer: string, stated: unknown): KeyFailure {
  const differsInSlash = stated === `${issuer}/` || `${String(stated)}/` === issuer;
  return {
    code: "issuer_mismatch",
    message: differsInSlash
      ? `the metadata is for issuer \`${String(stated)}\`, which differs in the slash at the end`
      : "the metadata is for another issuer",
  };
}
