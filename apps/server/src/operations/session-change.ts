/** What becomes of the caller's session. */
export interface SessionChange {
  /** The new session as its browser keeps it; empty when it has none any more. */
  readonly sealed: string;
  /** How long the browser keeps it, in seconds; 0 to take it back. */
  readonly seconds: number;
  /** Whether the browser sends it by https alone. */
  readonly isSecure: boolean;
}
