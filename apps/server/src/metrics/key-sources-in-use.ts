import type { KeySettings, KeySourceStatus, ManagedKeySources } from "@byot/token-verifier";
import { LRUCache } from "lru-cache";

/** How the keys of one issuer are doing, over all providers that vouch for it. */
export interface IssuerKeys {
  /** The issuer. */
  readonly issuer: string;
  /** How its providers' keys are doing. */
  readonly statuses: readonly KeySourceStatus[];
}

/** Key sources that remember which of them are in use. */
export interface WatchedKeySources {
  /** The sources, as they were. */
  readonly keys: ManagedKeySources;
  /** The keys of providers whose tokens have been shown lately, by issuer. */
  inUse(): readonly IssuerKeys[];
}

/** What watching needs. */
export interface WatchParts {
  /** A clock that only goes forward, in milliseconds. */
  readonly stopwatch: () => number;
  /** For how long after a use a source counts as in use, in milliseconds. @defaultValue a quarter of an hour */
  readonly useMillis?: number;
  /** The most providers to remember. @defaultValue 1,000 */
  readonly mostProviders?: number;
}

interface Use {
  readonly provider: KeySettings;
  at: number;
}

const quarterOfAnHour = 900_000;

/**
 * Remembers which key sources are used. Without that a provider that nobody uses any more, or that was deleted, would
 * be told about with older and older keys for ever.
 */
export function watchKeySources(keys: ManagedKeySources, parts: WatchParts): WatchedKeySources {
  const { stopwatch, useMillis = quarterOfAnHour, mostProviders = 1000 } = parts;
  const uses = new LRUCache<string, Use>({ max: mostProviders });

  function note(provider: KeySettings): void {
    const key = `${provider.workspaceId} ${provider.id}`;
    const use = uses.get(key);
    if (use?.provider === provider) {
      use.at = stopwatch();
    } else {
      uses.set(key, { provider, at: stopwatch() });
    }
  }

  return {
    keys: {
      sourceFor(provider) {
        note(provider);
        return keys.sourceFor(provider);
      },
      status: (provider) => keys.status(provider),
      refresh: (provider) => keys.refresh(provider),
    },
    inUse() {
      const since = stopwatch() - useMillis;
      const recent = [...uses.values()].filter(({ at }) => at >= since);
      return groupByIssuer(recent, keys);
    },
  };
}

function groupByIssuer(
  uses: readonly Use[],
  keys: Pick<ManagedKeySources, "status">,
): readonly IssuerKeys[] {
  const byIssuer = new Map<string, KeySourceStatus[]>();
  for (const { provider } of uses) {
    const statuses = byIssuer.get(provider.issuer) ?? [];
    statuses.push(keys.status(provider));
    byIssuer.set(provider.issuer, statuses);
  }
  return [...byIssuer].map(([issuer, statuses]) => ({ issuer, statuses }));
}
