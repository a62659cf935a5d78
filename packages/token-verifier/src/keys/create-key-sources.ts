import { type Clock, systemClock } from "../clock.js";
import type { DocumentFetcher } from "../fetching/document-fetcher.js";
import { FetchQueue } from "../fetching/fetch-queue.js";
import { completeLimits, type Limits } from "../limits.js";
import { defaultAlgorithms, isSignatureAlgorithm } from "../signature-algorithm.js";
import { systemWait, type Wait } from "../wait.js";
import { createInlineKeySource } from "./inline-key-source.js";
import { discoveredLocation, fixedLocation } from "./key-location.js";
import type { KeySetRules } from "./key-set.js";
import type { KeySettings, ManagedKeySources } from "./key-source.js";
import type { KeySourceEvent, ProviderKeys } from "./key-source-event.js";
import { loadKeys } from "./load-keys.js";
import { type ManagedKeySource, unusedStatus } from "./managed-key-source.js";
import { RemoteKeySource } from "./remote-key-source.js";

/** What key sources are made of. */
export interface KeySourcesParts {
  /** Fetches discovery documents and key sets; see {@link createNodeFetcher}. */
  readonly fetcher: DocumentFetcher;
  /** Is told what happens to keys. What it throws is lost. @defaultValue nobody is told */
  readonly onEvent?: (event: KeySourceEvent) => void;
  /** The time. @defaultValue the clock of the machine */
  readonly clock?: Clock;
  /** Lets time pass. @defaultValue a timer of the machine */
  readonly wait?: Wait;
  /** A number of 0 or more and less than 1, which spreads attempts after failures. @defaultValue `Math.random` */
  readonly random?: () => number;
  /** Limits that differ from {@link defaultLimits}. @defaultValue none */
  readonly limits?: Partial<Limits>;
}

/**
 * Makes the keys of providers available, from memory where they are young enough.
 *
 * @throws TypeError when a limit is not an integer within its range.
 */
export function createKeySources(parts: KeySourcesParts): ManagedKeySources {
  const workshop = openWorkshop(parts);
  const sources = new Map<string, ManagedKeySource>();
  const identities = new WeakMap<KeySettings, string>();
  let newest: ManagedKeySource | undefined;

  function identify(provider: KeySettings): string {
    const known = identities.get(provider);
    if (known !== undefined) {
      return known;
    }
    const identity = identityOf(provider);
    identities.set(provider, identity);
    return identity;
  }

  function use(provider: KeySettings): ManagedKeySource {
    const identity = identify(provider);
    const source = sources.get(identity) ?? createSource(provider, workshop);
    if (source !== newest) {
      // A map keeps the order of insertion: taking the source out and putting it back makes it the
      // newest, so that the first one is always the longest unused.
      sources.delete(identity);
      sources.set(identity, source);
      forgetOldest(sources, workshop.limits.keySources);
      newest = source;
    }
    return source;
  }

  return {
    sourceFor: use,
    status: (provider) => sources.get(identify(provider))?.status() ?? unusedStatus,
    refresh: async (provider) => {
      const source = use(provider);
      await source.refresh();
      return source.status();
    },
  };
}

/** What every source is made with. */
interface Workshop {
  readonly queue: FetchQueue;
  readonly tell: (event: KeySourceEvent) => void;
  readonly clock: Clock;
  readonly wait: Wait;
  readonly random: () => number;
  readonly limits: Limits;
}

function openWorkshop(parts: KeySourcesParts): Workshop {
  const { fetcher, onEvent, clock = systemClock, wait = systemWait, random = Math.random } = parts;
  const limits = completeLimits(parts.limits);
  const tell = (event: KeySourceEvent): void => {
    try {
      onEvent?.(event);
    } catch {
      // Whoever listens can not be allowed to lose keys that were just fetched.
    }
  };
  return { queue: new FetchQueue({ fetcher, wait, limits }), tell, clock, wait, random, limits };
}

/**
 * What makes a source a source of its own. The version is left out on purpose: a change of anything else
 * during an outage of the issuer must not lose its good keys.
 */
function identityOf({ workspaceId, id, issuer, keys, algorithms }: KeySettings): string {
  const origin = "discovery" in keys ? [issuer] : [];
  return JSON.stringify([workspaceId, id, keys, origin, algorithms ?? defaultAlgorithms]);
}

function createSource(provider: KeySettings, workshop: Workshop): ManagedKeySource {
  const { keys, issuer, algorithms = defaultAlgorithms } = provider;
  const { queue, limits, tell } = workshop;
  const rules: KeySetRules = {
    algorithms: algorithms.filter(isSignatureAlgorithm),
    maximumKeys: limits.keysPerSet,
  };
  if ("inline" in keys) {
    return createInlineKeySource(keys.inline, rules);
  }
  const owner: ProviderKeys = {
    workspaceId: provider.workspaceId,
    providerId: provider.id,
    issuer,
  };
  const fetcher = queue.fetcherFor(provider.workspaceId);
  const onChanged = (change: { readonly from: string; readonly to: string }): void =>
    tell({ type: "jwks_uri_changed", ...owner, ...change });
  const location =
    "jwksUri" in keys
      ? fixedLocation(keys.jwksUri)
      : discoveredLocation({ ...workshop, issuer, fetcher, onChanged });
  return new RemoteKeySource({
    ...workshop,
    location,
    load: () => loadKeys({ location, rules, fetcher, limits }),
    onFetched: ({ failure, failures, keys: served }) =>
      tell(
        failure === undefined
          ? { type: "keys_fetched", ...owner, keys: served }
          : { type: "fetch_failed", ...owner, failure, failures },
      ),
  });
}

function forgetOldest(sources: Map<string, unknown>, maximum: number): void {
  const [oldest] = sources.keys();
  if (sources.size > maximum && oldest !== undefined) {
    sources.delete(oldest);
  }
}
