/** What can be said of any single call. */
export interface CallOptions {
  /** Gives up when it aborts; the call then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Names the request in the server's log (`X-Request-Id`): 1–128 letters, digits, `.`, `_` and `-`. */
  readonly requestId?: string | undefined;
  /**
   * The total time of this call in milliseconds, with all its attempts and pauses; 1–600,000.
   * @defaultValue the client's `timeoutMs`; without one 2,000 for a check and 30,000 for everything else
   */
  readonly timeoutMs?: number | undefined;
}
