/** Which part of the log is counted. */
export interface StatisticsQuery {
  /** Where the first bucket starts; RFC 3339 when it is text. */
  readonly from: Date | string;
  /** Where the last bucket ends: a whole number of buckets after `from`, at most 1,000. */
  readonly until: Date | string;
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
  /** Half of the decisions took no longer, in microseconds; absent without decisions. */
  readonly p50Micros?: number;
  /** 99 of 100 decisions took no longer, in microseconds; absent without decisions. */
  readonly p99Micros?: number;
}

/** What the log says of a span of time. */
export interface Statistics {
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

/** A place in a chain of the decision log. */
export interface ChainHead {
  /** Whose chain it is: one of the processes that write the log. */
  readonly writerId: string;
  /** Which of its segments, counted from 1. */
  readonly sequence: number;
  /** The hash of that segment, SHA-256 in lower-case hexadecimal. */
  readonly hash: string;
}

/** Where the chains end: to be kept where whoever can write the database cannot. */
export interface Checkpoint {
  /** The last segment of each chain, ordered by writer. */
  readonly heads: readonly ChainHead[];
}

/** What is wrong with a chain. */
export interface ChainProblem {
  /** What it is, such as `record_changed` or `tail_missing`; a newer server may know more of them. */
  readonly kind: string;
  /** In whose chain. */
  readonly writerId: string;
  /** In or at which segment. */
  readonly sequence: number;
  /** Which decision, where one can be named. */
  readonly decisionId?: string;
}

/** Whether the decision log is what was once written. */
export interface ChainReport {
  /** Whether there are no problems. */
  readonly intact: boolean;
  /** How many chains were read. */
  readonly chains: number;
  /** How many segments. */
  readonly segments: number;
  /** How many decisions. */
  readonly decisions: number;
  /** How many of them were erased, each with a chained record that says so. */
  readonly erased: number;
  /** How many problems there are. */
  readonly problemCount: number;
  /** The first 100 of them. */
  readonly problems: readonly ChainProblem[];
  /** The heads of the chains as read, ordered by writer. */
  readonly heads: readonly ChainHead[];
}

/** Whose personal data is to be taken out of the logs. */
export interface Erasure {
  /** The subject as its tokens spell it (`sub`), also where the log holds pseudonyms. */
  readonly subject: string;
  /** Only what this issuer said of it. @defaultValue every issuer */
  readonly issuer?: string;
}

/** What an erasure came to. */
export interface ErasureResult {
  /** Under which the log says that it happened. */
  readonly erasureId: string;
  /** How many decisions are without personal data from now on. */
  readonly decisions: number;
  /** How many refused tokens are without a subject from now on. */
  readonly refusals: number;
}
