import { readOwn } from "./json-object.js";

/** How much the verifier takes in, holds and waits for. Every limit has a default and a range. */
export interface Limits {
  /** Longest token, in characters. @defaultValue `16384` (at most 65536) */
  readonly tokenCharacters: number;
  /** Longest decoded header, in bytes. @defaultValue `2048` */
  readonly headerBytes: number;
  /** Longest decoded payload, in bytes. @defaultValue `12288` */
  readonly payloadBytes: number;
  /** Longest decoded signature, in bytes. @defaultValue `1024` */
  readonly signatureBytes: number;
  /** Deepest nesting of a JSON document, the outermost object counting as 1. @defaultValue `16` */
  readonly jsonDepth: number;
  /** Most values of one audience claim. @defaultValue `64` */
  readonly audiences: number;
  /** Longest `kid` of a token, in UTF-16 code units. @defaultValue `256` */
  readonly keyIdCharacters: number;
  /** Longest `iss`, in UTF-16 code units. @defaultValue `2048` */
  readonly issuerCharacters: number;
  /** Longest `sub`, in UTF-16 code units. @defaultValue `512` */
  readonly subjectCharacters: number;
  /** Largest key set or discovery document, in bytes. @defaultValue `262144` */
  readonly documentBytes: number;
  /** Most keys in a set; a longer set is refused as a whole. @defaultValue `100` */
  readonly keysPerSet: number;
  /** Most values in a key set or discovery document, as its commas and brackets tell. @defaultValue `10000` */
  readonly documentValues: number;
  /** Longest fetch of one document, from name resolution to the last byte, in ms. @defaultValue `5000` */
  readonly fetchMilliseconds: number;
  /** Of that, the longest until the connection stands, name resolution and TLS included, in ms. @defaultValue `2000` */
  readonly connectMilliseconds: number;
  /** Most documents fetched at the same time by one {@link createKeySources}. @defaultValue `16` */
  readonly concurrentFetches: number;
  /** Of those, most for one workspace. @defaultValue `2` */
  readonly workspaceFetches: number;
  /** Most fetches that wait for their turn; one more fails at once. @defaultValue `1000` */
  readonly queuedFetches: number;
  /**
   * Age at which keys are fetched again, in seconds, when their answer had no `Cache-Control: max-age`: how
   * long a withdrawn key lives. @defaultValue `300`
   */
  readonly softLifeSeconds: number;
  /** A shorter `max-age` counts as this many seconds. @defaultValue `60` */
  readonly shortestSoftLifeSeconds: number;
  /** A longer `max-age` counts as this many seconds. @defaultValue `900` */
  readonly longestSoftLifeSeconds: number;
  /** Part of the soft life after which a use fetches keys in the background, in percent. @defaultValue `80` */
  readonly refreshAheadPercent: number;
  /** How long a use waits for new keys before the stale ones serve, in ms. @defaultValue `1000` */
  readonly staleWaitMilliseconds: number;
  /** Age until which keys serve while fetching fails, in seconds; 0 = never. @defaultValue `3600` */
  readonly hardLifeSeconds: number;
  /** Age at which discovery metadata is fetched again, in seconds. @defaultValue `3600` */
  readonly discoveryLifeSeconds: number;
  /** Least time from one fetch to the next one for a key that nobody knows, in seconds. @defaultValue `10` */
  readonly refetchIntervalSeconds: number;
  /** Back-off after the first failure, in seconds; every further one doubles it. @defaultValue `1` */
  readonly shortestBackOffSeconds: number;
  /** Longest back-off, in seconds. @defaultValue `60` */
  readonly longestBackOffSeconds: number;
  /** Most key sources in memory; the longest unused one is forgotten first. @defaultValue `1000` */
  readonly keySources: number;
}

const kibibyte = 1024;

/** What applies where no other limit is given. */
export const defaultLimits: Limits = Object.freeze({
  tokenCharacters: 16 * kibibyte,
  headerBytes: 2 * kibibyte,
  payloadBytes: 12 * kibibyte,
  signatureBytes: kibibyte,
  jsonDepth: 16,
  audiences: 64,
  keyIdCharacters: 256,
  issuerCharacters: 2048,
  subjectCharacters: 512,
  documentBytes: 256 * kibibyte,
  keysPerSet: 100,
  documentValues: 10_000,
  fetchMilliseconds: 5000,
  connectMilliseconds: 2000,
  concurrentFetches: 16,
  workspaceFetches: 2,
  queuedFetches: 1000,
  softLifeSeconds: 300,
  shortestSoftLifeSeconds: 60,
  longestSoftLifeSeconds: 900,
  refreshAheadPercent: 80,
  staleWaitMilliseconds: 1000,
  hardLifeSeconds: 3600,
  discoveryLifeSeconds: 3600,
  refetchIntervalSeconds: 10,
  shortestBackOffSeconds: 1,
  longestBackOffSeconds: 60,
  keySources: 1000,
});

/** The smallest and the largest value of each limit. */
const ranges: Readonly<Record<keyof Limits, readonly [number, number]>> = {
  tokenCharacters: [1, 64 * kibibyte],
  headerBytes: [1, 48 * kibibyte],
  payloadBytes: [1, 48 * kibibyte],
  signatureBytes: [1, 48 * kibibyte],
  jsonDepth: [1, 64],
  audiences: [1, 1024],
  keyIdCharacters: [1, 2048],
  issuerCharacters: [1, 2048],
  subjectCharacters: [1, 2048],
  documentBytes: [1, 1024 * kibibyte],
  keysPerSet: [1, 1000],
  documentValues: [1, 100_000],
  fetchMilliseconds: [1, 60_000],
  connectMilliseconds: [1, 60_000],
  concurrentFetches: [1, 1000],
  workspaceFetches: [1, 1000],
  queuedFetches: [0, 100_000],
  softLifeSeconds: [1, 3600],
  shortestSoftLifeSeconds: [1, 3600],
  longestSoftLifeSeconds: [1, 86_400],
  refreshAheadPercent: [1, 100],
  staleWaitMilliseconds: [0, 60_000],
  hardLifeSeconds: [0, 86_400],
  discoveryLifeSeconds: [1, 86_400],
  refetchIntervalSeconds: [1, 3600],
  shortestBackOffSeconds: [1, 3600],
  longestBackOffSeconds: [1, 3600],
  keySources: [1, 100_000],
};

/**
 * Completes limits with the defaults.
 *
 * @throws TypeError when a limit is not an integer within its range.
 */
export function completeLimits(wanted: Partial<Limits> = {}): Limits {
  const limits: Limits = { ...defaultLimits, ...wanted };
  for (const [name, [minimum, maximum]] of Object.entries(ranges)) {
    const value = readOwn(limits, name);
    if (!Number.isInteger(value) || Number(value) < minimum || Number(value) > maximum) {
      throw new TypeError(`limit \`${name}\` must be an integer from ${minimum} to ${maximum}`);
    }
  }
  return Object.freeze(limits);
}
