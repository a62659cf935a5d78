import { LRUCache } from "lru-cache";
import { RateLimiterMemory } from "rate-limiter-flexible";

/** How a client stands with a limit, the request that was just counted included. */
export interface LimitState {
  /** Whether this one is one too many. */
  readonly isExceeded: boolean;
  /** How many are allowed in a minute. */
  readonly limit: number;
  /** How many more are allowed until the minute is over. */
  readonly remaining: number;
  /** When the minute is over and counting starts anew, in seconds, at least 1. */
  readonly resetSeconds: number;
}

/** Counts what clients do, minute by minute, in the memory of this process. */
export interface WindowLimit {
  /** Counts one more of a client. */
  count(client: string): Promise<LimitState>;
}

/** What a limit is made from. */
export interface WindowLimitParts {
  /** How many are allowed in a minute; at least 1. */
  readonly perMinute: number;
  /** Of how many clients the counts are kept; beyond it, the one not seen for longest starts anew. */
  readonly mostClients: number;
}

const minuteSeconds = 60;

/** Makes a limit. A client's minute begins with the first thing that is counted. */
export function createWindowLimit({ perMinute, mostClients }: WindowLimitParts): WindowLimit {
  const counts = new RateLimiterMemory({ points: perMinute, duration: minuteSeconds });
  // The counts have no bound of their own, and whoever has many addresses could fill the memory with them.
  const clients = new LRUCache<string, true>({
    max: mostClients,
    dispose: (_, client, reason) => {
      if (reason === "evict") {
        void counts.delete(client);
      }
    },
  });
  return {
    async count(client) {
      clients.set(client, true);
      const { consumedPoints, remainingPoints, msBeforeNext } = await counts.penalty(client);
      return {
        isExceeded: consumedPoints > perMinute,
        limit: perMinute,
        remaining: remainingPoints,
        resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
      };
    },
  };
}
