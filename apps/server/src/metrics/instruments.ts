import type { Authorizer, DecisionRecorder, FollowingSnapshots } from "@byot/authorizer";
import type { ManagedKeySources, TokenVerifier } from "@byot/token-verifier";
import type { HttpObserver } from "../http/http-observer.js";
import { createCheckCounts } from "./check-counts.js";
import { createHttpCounts } from "./http-counts.js";
import { watchKeySources, type WatchedKeySources } from "./key-sources-in-use.js";
import {
  measuredAuthorizer,
  measuredLog,
  measuredRecorder,
  measuredVerifier,
  type WrittenLog,
} from "./measured.js";
import { createServiceMetrics, type ServiceMetrics } from "./service-metrics.js";

/** What is put around the parts of a service to measure it. */
export interface Instruments {
  /** Measures what stands behind the checks. */
  authorizer(authorizer: Authorizer): Authorizer;
  /** Measures the verification of tokens. */
  verifier(verifier: TokenVerifier): TokenVerifier;
  /** Watches the keys of identity providers. */
  keys(keys: ManagedKeySources): ManagedKeySources;
  /** Measures the wait for records. */
  recorder(recorder: Pick<DecisionRecorder, "record">): Pick<DecisionRecorder, "record">;
  /** Measures writes to the decision log. */
  log(log: WrittenLog): WrittenLog;
  /** Is told of answers over HTTP; absent when nobody counts them. */
  readonly http?: HttpObserver;
  /** Puts together what can be read of all that; `undefined` when nothing is measured. */
  metrics(parts: MeasuredParts): ServiceMetrics | undefined;
}

/** Parts of a service that know by themselves how they are doing. */
export interface MeasuredParts {
  /** The recorder of decisions. */
  readonly decisionRecorder: Pick<DecisionRecorder, "status">;
  /** The compiled workspaces. */
  readonly snapshots: Pick<FollowingSnapshots, "status">;
}

/** Leaves every part as it is. */
export const noInstruments: Instruments = {
  authorizer: (authorizer) => authorizer,
  verifier: (verifier) => verifier,
  keys: (keys) => keys,
  recorder: (recorder) => recorder,
  log: (log) => log,
  metrics: () => undefined,
};

/**
 * Makes instruments for one service.
 *
 * @param stopwatch - A clock that only goes forward, in milliseconds.
 */
export function createInstruments(stopwatch: () => number): Instruments {
  const checks = createCheckCounts();
  const http = createHttpCounts();
  const measuring = { counts: checks, stopwatch };
  const watched: WatchedKeySources[] = [];
  return {
    authorizer: (authorizer) => measuredAuthorizer(authorizer, measuring),
    verifier: (verifier) => measuredVerifier(verifier, measuring),
    keys(keys) {
      const sources = watchKeySources(keys, { stopwatch });
      watched.push(sources);
      return sources.keys;
    },
    recorder: (recorder) => measuredRecorder(recorder, measuring),
    log: (log) => measuredLog(log, measuring),
    http: {
      onAnswered: (status) => http.answers.count(String(status)),
      onLimited: (limit) => http.limited.count(limit),
    },
    metrics: ({ decisionRecorder, snapshots }) =>
      createServiceMetrics({
        checks,
        http,
        recorder: () => decisionRecorder.status(),
        snapshots: () => snapshots.status(),
        keys: () => watched.flatMap((sources) => sources.inUse()),
      }),
  };
}
