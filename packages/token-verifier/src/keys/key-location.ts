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
  /** The address that was found last, if any. */
  known(): string | undefined;
  /** Says that nothing good was found there, so that the address may be asked for again before its time. */
  distrust(): void;
  /** Says that the address is to be asked for again in any case. */
  forget(): void;
}

/** What finding an address by discovery takes. */
export interface DiscoveryParts {
  /** The issuer, exactly as its metadata has to spell it. */
  readonly issuer: string;
  /** Fetches the metadata. */
  readonly fetcher: DocumentFetcher;
  /** Is told when the address is another one than before. */
  readonly onChanged: (change: { readonly from: string; readonly to: string }) => void;
  /** The time. */
  readonly clock: Clock;
  /** How long metadata lives. */
  readonly limits: Limits;
}

/** An address that was written down. */
export function fixedLocation(jwksUri: string): KeyLocation {
  return {
    locate: async () => succeed(jwksUri),
    known: () => jwksUri,
    distrust: () => {},
    forget: () => {},
  };
}

/**
 * Where the metadata of an issuer is: a slash at the end is not doubled
 * (OpenID Connect Discovery 1.0 §4.1).
 */
export function discoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
}

/**
 * An address that the issuer publishes, asked for again when its life is over. When nothing good is found at
 * the address it lives no longer than keys do, so that a failing key set costs few fetches of the metadata.
 */
export function discoveredLocation(parts: DiscoveryParts): KeyLocation {
  const { issuer, fetcher, clock, limits, onChanged } = parts;
  let found: { readonly url: string; readonly askedAt: number } | undefined;
  let life = limits.discoveryLifeSeconds;
  return {
    locate: async () => {
      const now = clock().getTime();
      if (found !== undefined && isYounger(now - found.askedAt, life)) {
        return succeed(found.url);
      }
      const url = await discover(issuer, fetcher, limits);
      if (url.ok) {
        const from = found?.url;
        found = { url: url.value, askedAt: now };
        life = limits.discoveryLifeSeconds;
        if (from !== undefined && from !== url.value) {
          onChanged({ from, to: url.value });
        }
      }
      return url;
    },
    known: () => found?.url,
    distrust: () => {
      life = Math.min(limits.softLifeSeconds, life);
    },
    forget: () => {
      life = 0;
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
  const { issuer: stated, jwks_uri: jwksUri } = metadata.value.document;
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
  const isOtherSpelling =
    typeof stated === "string" && (stated === `${issuer}/` || `${stated}/` === issuer);
  return {
    code: "issuer_mismatch",
    message: isOtherSpelling
      ? `the metadata is for issuer \`${stated}\`, which differs in the slash at the end`
      : "the metadata is for another issuer",
  };
}
