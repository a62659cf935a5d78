import { type Clock, systemClock } from "../clock.js";
import type { DocumentFetcher } from "../fetching/document-fetcher.js";
import { fetchJson } from "../fetching/fetch-json.js";
import { completeLimits, type Limits } from "../limits.js";
import type { Result } from "../result.js";
import { defaultAlgorithms, isSignatureAlgorithm } from "../signature-algorithm.js";
import type { TrustedIssuer } from "../trusted-issuer.js";
import { createInlineKeySource } from "./inline-key-source.js";
import type { KeyFailure } from "./key-failure.js";
import { discoveredLocation, fixedLocation, type KeyLocation } from "./key-location.js";
import { type KeySet, type KeySetRules, readKeySet } from "./key-set.js";
import type { KeySource, KeySources } from "./key-source.js";
import { RemoteKeySource } from "./remote-key-source.js";

/** What key sources are made of. */
export interface KeySourcesParts {
  /** Fetches discovery documents and key sets; see {@link createNodeFetcher}. */
  readonly fetcher: DocumentFetcher;
  /** The time. @defaultValue the clock of the machine */
  readonly clock?: Clock;
  /** Limits that differ from {@link defaultLimits}. @defaultValue none */
  readonly limits?: Partial<Limits>;
}

/**
 * Makes the keys of providers available, from memory where they are young enough.
 *
 * @throws TypeError when a limit is not an integer within its range.
 */
export function createKeySources(parts: KeySourcesParts): KeySources {
  const workshop: Workshop = {
    fetcher: parts.fetcher,
    clock: parts.clock ?? systemClock,
    limits: completeLimits(parts.limits),
  };
  const sources = new Map<string, KeySource>();
  const identities = new WeakMap<TrustedIssuer, string>();
  return {
    sourceFor: (provider) => {
      const identity = identities.get(provider) ?? identityOf(provider);
      identities.set(provider, identity);
      const source = sources.get(identity) ?? createSource(provider, workshop);
      // A map keeps the order of insertion: taking the source out and putting it back makes it the
      // newest, so that the first one is always the longest unused.
      sources.delete(identity);
      sources.set(identity, source);
      forgetOldest(sources, workshop.limits.keySources);
      return source;
    },
  };
}

interface Workshop {
  readonly fetcher: DocumentFetcher;
  readonly clock: Clock;
  readonly limits: Limits;
}

/**
 * What makes a source a source of its own. The version is left out on purpose: a change of anything else
 * during an outage of the issuer must not lose its good keys.
 */
function identityOf({ workspaceId, id, issuer, keys, algorithms }: TrustedIssuer): string {
  const origin = "discovery" in keys ? [issuer] : [];
  return JSON.stringify([workspaceId, id, keys, origin, algorithms ?? defaultAlgorithms]);
}

function createSource(provider: TrustedIssuer, workshop: Workshop): KeySource {
  const { keys, issuer } = provider;
  const rules: KeySetRules = {
    algorithms: (provider.algorithms ?? defaultAlgorithms).filter(isSignatureAlgorithm),
    maximumKeys: workshop.limits.keysPerSet,
  };
  if ("inline" in keys) {
    return createInlineKeySource(keys.inline, rules);
  }
  const location =
    "jwksUri" in keys ? fixedLocation(keys.jwksUri) : discoveredLocation({ ...workshop, issuer });
  return new RemoteKeySource({ ...workshop, load: () => loadKeySet(location, rules, workshop) });
}

async function loadKeySet(
  location: KeyLocation,
  rules: KeySetRules,
  { fetcher, limits }: Workshop,
): Promise<Result<KeySet, KeyFailure>> {
  const url = await location.locate();
  if (!url.ok) {
    return url;
  }
  const document = await fetchJson(fetcher, url.value, limits);
  const keys = document.ok ? await readKeySet(document.value, rules) : document;
  if (!keys.ok) {
    location.distrust();
  }
  return keys;
}

function forgetOldest(sources: Map<string, KeySource>, maximum: number): void {
  const [oldest] = sources.keys();
  if (sources.size > maximum && oldest !== undefined) {
    sources.delete(oldest);
  }
}
