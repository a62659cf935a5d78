import type { KeySourceStatus } from "@byot/token-verifier";
import { expect, test } from "vitest";
import { createCheckCounts } from "../../src/metrics/check-counts.js";
import { createHttpCounts } from "../../src/metrics/http-counts.js";
import { createServiceMetrics, type MetricSources } from "../../src/metrics/service-metrics.js";

const calm: MetricSources = {
  checks: createCheckCounts(),
  http: createHttpCounts(),
  recorder: () => ({
    queued: 3,
    inFlight: 4,
    oldestMillis: 250,
    lastFlushMillis: 2,
    segments: 12,
    recorded: 100,
    refused: 1,
    isFailing: true,
  }),
  snapshots: () => ({ workspaces: 2, bytes: 4096, millisSinceConfirmed: 1500 }),
  keys: () => [],
};

async function linesOf(sources: Partial<MetricSources>): Promise<readonly string[]> {
  const text = await createServiceMetrics({ ...calm, ...sources }).read();
  return text.split("\n");
}

function keys(status: Partial<KeySourceStatus>): KeySourceStatus {
  return {
    state: "fresh",
    keys: [],
    droppedKeys: [],
    failures: 0,
    fetches: 1,
    fetching: false,
    ...status,
  };
}

test("tell of decisions by outcome and reason, and of checks without one by code", async () => {
  const checks = createCheckCounts();
  checks.decisions.Allow.count("allowed_by_rule");
  checks.decisions.Allow.count("allowed_by_rule");
  checks.decisions.Deny.count("no_permission");
  checks.incomplete.count("Deny");
  checks.refusals.count("token_expired");

  expect(await linesOf({ checks })).toEqual(
    expect.arrayContaining([
      'byot_decisions_total{decision="Allow",reason="allowed_by_rule"} 2',
      'byot_decisions_total{decision="Deny",reason="no_permission"} 1',
      'byot_decisions_with_missing_attributes_total{decision="Deny"} 1',
      'byot_refused_checks_total{code="token_expired"} 1',
    ]),
  );
});

test("tell how long checks take by stage, in buckets that Prometheus can add up", async () => {
  const checks = createCheckCounts();
  checks.durations.total.add(3);
  checks.durations.total.add(7000);
  checks.durations.verify.add(0.02);
  checks.flushes.add(8);

  const lines = await linesOf({ checks });

  expect(lines).toEqual(
    expect.arrayContaining([
      "# TYPE byot_check_duration_seconds histogram",
      'byot_check_duration_seconds_bucket{stage="total",le="0.0025"} 0',
      'byot_check_duration_seconds_bucket{stage="total",le="0.005"} 1',
      'byot_check_duration_seconds_bucket{stage="total",le="2.5"} 1',
      'byot_check_duration_seconds_bucket{stage="total",le="+Inf"} 2',
      'byot_check_duration_seconds_sum{stage="total"} 7.003',
      'byot_check_duration_seconds_count{stage="total"} 2',
      'byot_check_duration_seconds_count{stage="verify"} 1',
      'byot_check_duration_seconds_count{stage="record"} 0',
      'byot_audit_flush_duration_seconds_bucket{le="0.01"} 1',
      "byot_audit_flush_duration_seconds_count 1",
    ]),
  );
});

test("tell how the decision log and the configuration are doing", async () => {
  expect(await linesOf({})).toEqual(
    expect.arrayContaining([
      "byot_audit_queue_decisions 7",
      "byot_audit_oldest_wait_seconds 0.25",
      "byot_audit_log_failing 1",
      "byot_audit_segments_total 12",
      "byot_audit_recorded_decisions_total 100",
      "byot_audit_unrecorded_decisions_total 1",
      "byot_configuration_unconfirmed_seconds 1.5",
      "byot_snapshots 2",
      "byot_snapshots_bytes 4096",
    ]),
  );
});

test("tell of the keys of each issuer the worst there is", async () => {
  const issuer = 'https://login.acme.com/"realm"';
  const statuses = [
    keys({ state: "fresh", ageSeconds: 60 }),
    keys({ state: "stale", ageSeconds: 900, failures: 3 }),
    keys({ state: "empty" }),
  ];
  const name = 'issuer="https://login.acme.com/\\"realm\\""';

  expect(await linesOf({ keys: () => [{ issuer, statuses }] })).toEqual(
    expect.arrayContaining([
      `byot_key_sources{${name},state="fresh"} 1`,
      `byot_key_sources{${name},state="stale"} 1`,
      `byot_key_sources{${name},state="expired"} 0`,
      `byot_key_sources{${name},state="empty"} 1`,
      `byot_key_age_seconds{${name}} 900`,
      `byot_key_fetch_failures{${name}} 3`,
    ]),
  );
});

test("tell no age of keys that were never fetched, such as those a provider was given", async () => {
  const statuses = [keys({ state: "fresh" })];

  const lines = await linesOf({ keys: () => [{ issuer: "https://idp.example", statuses }] });

  expect(lines.filter((line) => line.startsWith("byot_key_age_seconds{"))).toEqual([]);
});

test("tell of answers and limits over HTTP, and of the process", async () => {
  const http = createHttpCounts();
  http.answers.count("503");
  http.limited.count("failed_checks");

  const lines = await linesOf({ http });

  expect(lines).toEqual(
    expect.arrayContaining([
      'byot_http_answers_total{status="503"} 1',
      'byot_rate_limited_total{limit="failed_checks"} 1',
    ]),
  );
  expect(lines.some((line) => line.startsWith("process_resident_memory_bytes "))).toBe(true);
  expect(lines.some((line) => line.startsWith("nodejs_eventloop_lag_p99_seconds "))).toBe(true);
});

test("are read anew each time", async () => {
  const checks = createCheckCounts();
  const metrics = createServiceMetrics({ ...calm, checks });
  checks.decisions.Allow.count("allowed_by_rule");
  await metrics.read();
  checks.decisions.Allow.count("allowed_by_rule");

  expect(await metrics.read()).toContain(
    'byot_decisions_total{decision="Allow",reason="allowed_by_rule"} 2',
  );
});
