/** What a call brought, and the request that brought it. */
export interface Answer<T> {
  /** What was asked for. */
  readonly data: T;
  /** The request as named in the server's log; absent if a proxy or a browser hides the header. */
  readonly requestId: string | undefined;
  /**
   * The version of a configured thing, which its entity tag (`ETag`) names: the revision of the workspace at which it was
   * last written. Absent for everything else.
   */
  readonly version: number | undefined;
}

/** One part of a list. */
export interface Page<T> extends Answer<readonly T[]> {
  /** Pass it as `cursor` to get the next part; `null` when this was the last. */
  readonly nextCursor: string | null;
}

/** That something was done which answers nothing. */
export type Done = Answer<undefined>;
