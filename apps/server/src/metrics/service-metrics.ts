import type { FollowingSnapshots, RecorderStatus } from "@byot/authorizer";
import { collectDefaultMetrics, Registry } from "prom-client";
import type { CheckCounts } from "./check-counts.js";
import type { HttpCounts } from "./http-counts.js";
import type { IssuerKeys } from "./key-sources-in-use.js";
import { type LazyMetrics, lazyMetrics, type Sample } from "./lazy-metrics.js";
import type { Tally } from "./tally.js";

/** Where the metrics come from: everything is asked when somebody reads them, and not before. */
export interface MetricSources {
  /** What was counted about checks. */
  readonly checks: CheckCounts;
  /** What was counted about HTTP. */
  readonly http: HttpCounts;
  /** How the decision log is doing. */
  readonly recorder: () => RecorderStatus;
  /** What is kept of workspaces, and how current it is. */
  readonly snapshots: () => ReturnType<FollowingSnapshots["status"]>;
  /** How the keys of identity providers are doing. */
  readonly keys: () => readonly IssuerKeys[];
}

/** What can be read about a running server, in the format of Prometheus. */
export interface ServiceMetrics {
  /** Its media type. */
  readonly contentType: string;
  /** All metrics as they are now. */
  read(): Promise<string>;
}

const none = [] as const;
const milli = 0.001;

/** Puts the metrics of a server together. */
export function createServiceMetrics(sources: MetricSources): ServiceMetrics {
  const registry = new Registry();
  const metrics = lazyMetrics(registry);
  describeChecks(metrics, sources);
  describeLog(metrics, sources);
  describeKeys(metrics, sources);
  describeSnapshots(metrics, sources);
  describeHttp(metrics, sources);
  collectDefaultMetrics({ register: registry });
  return { contentType: registry.contentType, read: () => registry.metrics() };
}

function describeChecks(metrics: LazyMetrics, { checks }: MetricSources): void {
  metrics.counter(
    {
      name: "byot_decisions_total",
      help: "Decisions by outcome and reason.",
      labels: ["decision", "reason"],
    },
    () =>
      (["Allow", "Deny"] as const).flatMap((decision) =>
        [...checks.decisions[decision].entries()].map(
          ([reason, count]): Sample<"decision" | "reason"> => [{ decision, reason }, count],
        ),
      ),
  );
  metrics.counter(
    {
      name: "byot_decisions_with_missing_attributes_total",
      help: "Decisions for which policies would have read attributes that were not there.",
      labels: ["decision"],
    },
    () => byLabel("decision", checks.incomplete),
  );
  metrics.counter(
    {
      name: "byot_refused_checks_total",
      help: "Checks without a decision, by code: refused tokens, and what kept the server from deciding.",
      labels: ["code"],
    },
    () => byLabel("code", checks.refusals),
  );
  metrics.histogram(
    {
      name: "byot_check_duration_seconds",
      help: "How long checks take: in total, verifying the token, and waiting for the record of the decision.",
      labels: ["stage"],
    },
    () => Object.entries(checks.durations).map(([stage, durations]) => [{ stage }, durations]),
  );
}

function describeLog(metrics: LazyMetrics, { checks, recorder }: MetricSources): void {
  const one = (name: string, help: string, read: (status: RecorderStatus) => number): void =>
    metrics.gauge({ name, help, labels: none }, () => [[{}, read(recorder())]]);
  const total = (name: string, help: string, read: (status: RecorderStatus) => number): void =>
    metrics.counter({ name, help, labels: none }, () => [[{}, read(recorder())]]);

  one(
    "byot_audit_queue_decisions",
    "Decisions that wait to be written, or are being written, to the decision log.",
    ({ queued, inFlight }) => queued + inFlight,
  );
  one(
    "byot_audit_oldest_wait_seconds",
    "For how long the oldest of these has been waiting.",
    ({ oldestMillis }) => oldestMillis * milli,
  );
  one(
    "byot_audit_log_failing",
    "1 when the decision log failed, or took too long, when it was last asked; else 0.",
    ({ isFailing }) => Number(isFailing),
  );
  total(
    "byot_audit_segments_total",
    "Segments written to the chains of the decision log.",
    ({ segments }) => segments,
  );
  total(
    "byot_audit_recorded_decisions_total",
    "Decisions written to the decision log.",
    ({ recorded }) => recorded,
  );
  total(
    "byot_audit_unrecorded_decisions_total",
    "Decisions that could not be written to the decision log, or were not accepted.",
    ({ refused }) => refused,
  );
  metrics.histogram(
    {
      name: "byot_audit_flush_duration_seconds",
      help: "How long writes of decisions to the decision log take.",
      labels: [],
    },
    () => [[{}, checks.flushes]],
  );
}

const keyStates = ["fresh", "stale", "expired", "empty"] as const;

function describeKeys(metrics: LazyMetrics, { keys }: MetricSources): void {
  metrics.gauge(
    {
      name: "byot_key_sources",
      help: "Providers whose keys are in use, by issuer and by the state of their keys.",
      labels: ["issuer", "state"],
    },
    () =>
      keys().flatMap(({ issuer, statuses }) =>
        keyStates.map((state): Sample<"issuer" | "state"> => [
          { issuer, state },
          statuses.filter((status) => status.state === state).length,
        ]),
      ),
  );
  metrics.gauge(
    {
      name: "byot_key_age_seconds",
      help: "How long ago the keys of an issuer were fetched; of several, the oldest.",
      labels: ["issuer"],
    },
    () =>
      keys().flatMap(({ issuer, statuses }): readonly Sample<"issuer">[] => {
        const ages = statuses.flatMap(({ ageSeconds }) => ageSeconds ?? []);
        return ages.length === 0 ? [] : [[{ issuer }, Math.max(...ages)]];
      }),
  );
  metrics.gauge(
    {
      name: "byot_key_fetch_failures",
      help: "How many attempts to fetch the keys of an issuer have failed since the last good one.",
      labels: ["issuer"],
    },
    () =>
      keys().map(({ issuer, statuses }) => [
        { issuer },
        Math.max(...statuses.map(({ failures }) => failures)),
      ]),
  );
}

function describeSnapshots(metrics: LazyMetrics, { snapshots }: MetricSources): void {
  metrics.gauge(
    {
      name: "byot_configuration_unconfirmed_seconds",
      help: "How long ago it was last certain that no change of a workspace was missed.",
      labels: none,
    },
    () => [[{}, snapshots().millisSinceConfirmed * milli]],
  );
  metrics.gauge(
    { name: "byot_snapshots", help: "Workspaces that are kept compiled in memory.", labels: none },
    () => [[{}, snapshots().workspaces]],
  );
  metrics.gauge(
    {
      name: "byot_snapshots_bytes",
      help: "How much memory these take, as estimated.",
      labels: none,
    },
    () => [[{}, snapshots().bytes]],
  );
}

function describeHttp(metrics: LazyMetrics, { http }: MetricSources): void {
  metrics.counter(
    { name: "byot_http_answers_total", help: "Answers over HTTP, by status.", labels: ["status"] },
    () => byLabel("status", http.answers),
  );
  metrics.counter(
    {
      name: "byot_rate_limited_total",
      help: "Requests answered by 429, by the limit that was exceeded.",
      labels: ["limit"],
    },
    () => byLabel("limit", http.limited),
  );
}

function byLabel<Label extends string>(label: Label, tally: Tally): readonly Sample<Label>[] {
  return [...tally.entries()].map(([value, count]) => [labelled(label, value), count]);
}

function labelled<Label extends string>(
  label: Label,
  value: string,
): Readonly<Record<Label, string>> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the type of a computed key is always widened
  return { [label]: value } as Record<Label, string>;
}
