/** One thing that is wrong, or unusual. */
export interface ProblemItem {
  /** Where, as a JSON Pointer (RFC 6901); `""` is the whole. */
  readonly path: string;
  /** Which kind of thing. */
  readonly code: string;
  /** What it is, in one line. */
  readonly message: string;
}

/** What became of a token, step by step. It grants nothing. */
export interface TokenDiagnosis {
  /** Every step of a check: `passed`, `failed` or `not_reached`. */
  readonly steps: readonly { readonly name: string; readonly status: string }[];
  /** Why a check refuses the token; absent when it takes it. */
  readonly failure?: {
    /** The step that failed. */
    readonly step: string;
    /** The code that a check refuses it with. */
    readonly code: string;
    /** What is wrong, to switch on; a newer server may know more of them. */
    readonly kind: string;
    /** Why, in one sentence. */
    readonly cause: string;
    /** What would change that: where a setting does, which one and to what. */
    readonly fix: string;
  };
  /** What else to know of a token that is taken. */
  readonly notes: readonly { readonly code: string; readonly message: string }[];
}

/** What an identity provider serves, beside what was configured. */
export interface ConnectionReport {
  /** Whether its keys can be had. */
  readonly ok: boolean;
  /** What was configured. */
  readonly configured: {
    /** The issuer. */
    readonly issuer: string;
    /** Where the keys are; absent when they are to be discovered or given as they are. */
    readonly jwksUri?: string;
  };
  /** What was found. */
  readonly found: {
    /** Where the keys are; absent when they were given, or nobody could tell. */
    readonly jwksUri?: string;
    /** The keys that can verify tokens. */
    readonly keys: readonly { readonly kid?: string; readonly algorithms: readonly string[] }[];
    /** The other ones, each with what is wrong with it. */
    readonly droppedKeys: readonly { readonly kid?: string; readonly reason: string }[];
  };
  /** What keeps its tokens from being verified. */
  readonly problems: readonly ProblemItem[];
  /** What is unusual for the product and refuses nothing. */
  readonly warnings: readonly ProblemItem[];
}

/** How the keys of a provider are doing on the server that answers. */
export interface ProviderKeys {
  /**
   * `empty` before they were first needed, `fresh`, `stale` while the provider cannot be asked, `expired` when they no
   * longer verify anything; a newer server may know more of them.
   */
  readonly state: string;
  /** Where they were found; absent for keys given with the provider, and while discovery has not told. */
  readonly jwksUri?: string;
  /** How long ago they were asked for, in seconds; absent for given keys, and while there are none. */
  readonly ageSeconds?: number;
  /** The keys that can verify tokens. */
  readonly keys: readonly {
    /** Its id; absent when the key set gives it none. */
    readonly kid?: string;
    /** Its thumbprint (RFC 7638). */
    readonly thumbprint: string;
    /** The algorithms it verifies. */
    readonly algorithms: readonly string[];
  }[];
  /** The other ones, each with what is wrong with it. */
  readonly droppedKeys: readonly { readonly kid?: string; readonly reason: string }[];
  /** What went wrong last; absent when the last attempt went well. */
  readonly lastFailure?: { readonly code: string; readonly message: string };
  /** Before when the provider is not asked again, RFC 3339 in UTC; absent when it may be asked. */
  readonly nextAttemptAt?: string;
}
