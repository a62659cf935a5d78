import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { type Durations, durationBounds } from "./durations.js";

/** What a metric is called and means. */
export interface MetricName<Label extends string = never> {
  /** Its name. */
  readonly name: string;
  /** What it means, in a sentence. */
  readonly help: string;
  /** Its labels. */
  readonly labels: readonly Label[];
}

/** A value, and the values of the labels that it stands for. */
export type Sample<Label extends string> = readonly [Readonly<Record<Label, string>>, number];

/** Puts metrics into a registry whose values are asked for only when somebody reads them. */
export interface LazyMetrics {
  /** A value that only grows. */
  counter<Label extends string>(
    metric: MetricName<Label>,
    read: () => Iterable<Sample<Label>>,
  ): void;
  /** A value that goes up and down. */
  gauge<Label extends string>(metric: MetricName<Label>, read: () => Iterable<Sample<Label>>): void;
  /** How long things took. */
  histogram(metric: MetricName<string>, read: () => Iterable<DurationSample>): void;
}

/** Durations, and the values of the labels that they stand for. */
export type DurationSample = readonly [Readonly<Record<string, string>>, Durations];

/** Puts metrics into this registry. */
export function lazyMetrics(registry: Registry): LazyMetrics {
  const registers = [registry];
  return {
    counter({ name, help, labels }, read) {
      const metric = new Counter({
        name,
        help,
        labelNames: labels,
        registers,
        collect() {
          metric.reset();
          for (const [values, count] of read()) {
            metric.inc(values, count);
          }
        },
      });
    },
    gauge({ name, help, labels }, read) {
      const metric = new Gauge({
        name,
        help,
        labelNames: labels,
        registers,
        collect() {
          metric.reset();
          for (const [values, value] of read()) {
            metric.set(values, value);
          }
        },
      });
    },
    histogram(metric, read) {
      registry.registerMetric(new LazyHistogram(metric, read));
    },
  };
}

type Collected = ReturnType<Histogram["get"]>;

class LazyHistogram extends Histogram {
  readonly #name: string;
  readonly #read: () => Iterable<DurationSample>;
  // What the library says of a histogram of this name, without any values.
  readonly #empty: Histogram;

  constructor({ name, help, labels }: MetricName<string>, read: () => Iterable<DurationSample>) {
    const shape = { name, help, labelNames: labels, registers: [] };
    super(shape);
    this.#name = name;
    this.#read = read;
    this.#empty = new Histogram(shape);
  }

  override async get(): Collected {
    const values = [...this.#read()].flatMap((sample) => samplesOf(this.#name, sample));
    return { ...(await this.#empty.get()), values };
  }

  // WORKAROUND: text is made from this one, which the types of the library do not have.
  getForPromString(): Collected {
    return this.get();
  }
}

interface HistogramSample {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

function samplesOf(name: string, [labels, durations]: DurationSample): HistogramSample[] {
  const { upTo, count, seconds } = durations.counts();
  const bucket = `${name}_bucket`;
  return [
    ...durationBounds.map((bound, place) => ({
      metricName: bucket,
      labels: { ...labels, le: bound },
      value: upTo[place] ?? 0,
    })),
    { metricName: bucket, labels: { ...labels, le: "+Inf" }, value: count },
    { metricName: `${name}_sum`, labels, value: seconds },
    { metricName: `${name}_count`, labels, value: count },
  ];
}
