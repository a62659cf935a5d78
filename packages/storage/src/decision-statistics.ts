/** Which part of the log is counted. */
export interface StatisticsQuery {
  /** Where the first bucket starts. */
  readonly from: Date;
  /** Where the last bucket ends; a whole number of buckets, from 1 to 1,000, after `from`. */
  readonly until: Date;
  /** How long a bucket is, in milliseconds, a whole number from 1. */
  readonly bucketMillis: number;
}

/** What was recorded within one bucket of time. */
export interface StatisticsBucket {
  /** Where it starts. */
  readonly at: Date;
  /** How many decisions were Allow. */
  readonly allowed: number;
  /** How many were Deny. */
  readonly denied: number;
  /** How many tokens were refused. */
  readonly refused: number;
  /**
   * The median of `durationMicros`: the upper bound of its class, see {@link durationClassBounds}; absent without
   * decisions.
   */
  readonly p50Micros?: number;
  /** The 99th percentile of `durationMicros`, read like the median. */
  readonly p99Micros?: number;
}

/** How often something decided. */
export interface RuleCount {
  /** The policy. */
  readonly policyId: string;
  /** The rule; absent for the policy's default. */
  readonly ruleId?: string;
  /** How many denials rest on it. */
  readonly count: number;
}

/** What the log says of a span of time. */
export interface DecisionStatistics {
  /** Every bucket of the span, empty ones too, in the order of time. */
  readonly buckets: readonly StatisticsBucket[];
  /** How often each reason was given, the most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  /**
   * The ten rules and defaults most denials rest on, the most frequent first; of the same frequency by policy, then by
   * rule, the default first. A denial counts once for a rule, however many permissions attach its policy.
   */
  readonly denyingRules: readonly RuleCount[];
}
