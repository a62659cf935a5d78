import { z } from "zod";
import { queryTimeSchema } from "./time.js";

/** The most buckets of one answer. */
export const maximumBuckets = 1000;

/** Which part of the log is counted, as query parameters. */
export interface StatisticsQuery {
  /** Where the first bucket starts, RFC 3339. */
  readonly from: Date;
  /** Where the last bucket ends, RFC 3339: a whole number of buckets after `from`, at most 1,000. */
  readonly until: Date;
  /** How long a bucket is, in seconds, a whole number from 1. */
  readonly bucketSeconds: number;
}

/** What was recorded within one bucket of time. */
export interface StatisticsBucket {
  /** Where it starts, RFC 3339 in UTC. */
  readonly at: string;
  /** How many decisions were Allow. */
  readonly allowed: number;
  /** How many were Deny. */
  readonly denied: number;
  /** How many tokens were refused. */
  readonly refused: number;
  /** Half of the decisions took no longer, in microseconds, rounded up to a class; absent without decisions. */
  readonly p50Micros?: number;
  /** 99 of 100 decisions took no longer, in microseconds, rounded up to a class; absent without decisions. */
  readonly p99Micros?: number;
}

/** What the log says of a span of time. */
export interface StatisticsAnswer {
  /** Every bucket of the span, empty ones too, in the order of time. */
  readonly buckets: readonly StatisticsBucket[];
  /** How often each reason was given, the most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  /** The ten rules and defaults that most denials rest on, the most frequent first. */
  readonly denyingRules: readonly {
    /** The policy's name. */
    readonly policy: string;
    /** The rule's `rule_id`, or `null` for the policy's default. */
    readonly rule: string | null;
    /** How many denials rest on it. */
    readonly count: number;
  }[];
}

function bucketsOf({ from, until, bucketSeconds }: StatisticsQuery): number {
  return (until.getTime() - from.getTime()) / (bucketSeconds * 1000);
}

/** Reads the length of a bucket from a query parameter. */
export const bucketSecondsSchema: z.ZodType<number> = z
  .string()
  .regex(/^\d{1,9}$/, { error: "must be a whole number of seconds", abort: true })
  .transform(Number)
  .pipe(z.number().min(1, { abort: true }));

/** Reads {@link StatisticsQuery} from query parameters. */
export const statisticsQuerySchema: z.ZodType<StatisticsQuery> = z
  .strictObject({
    from: queryTimeSchema,
    until: queryTimeSchema,
    bucketSeconds: bucketSecondsSchema,
  })
  .refine((query) => bucketsOf(query) >= 1 && Number.isInteger(bucketsOf(query)), {
    path: ["until"],
    error: "must lie a whole number of buckets after `from`",
    abort: true,
  })
  .refine((query) => bucketsOf(query) <= maximumBuckets, {
    path: ["bucketSeconds"],
    error: `must leave at most ${maximumBuckets} buckets`,
  });

const count = z.number().int().min(0);

/** Reads {@link StatisticsBucket}. */
export const statisticsBucketSchema: z.ZodType<StatisticsBucket> = z.strictObject({
  at: z.iso.datetime(),
  allowed: count,
  denied: count,
  refused: count,
  p50Micros: count.exactOptional(),
  p99Micros: count.exactOptional(),
});

/** Reads {@link StatisticsAnswer}. */
export const statisticsAnswerSchema: z.ZodType<StatisticsAnswer> = z.strictObject({
  buckets: z.array(statisticsBucketSchema),
  reasons: z.array(z.strictObject({ reason: z.string(), count })),
  denyingRules: z.array(z.strictObject({ policy: z.string(), rule: z.string().nullable(), count })),
});
