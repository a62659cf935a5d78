import type { ApiAnswer, ApiCall } from "../transport/api-call.js";

/** What the parts of a client share. */
export interface Connection {
  /** The workspace that is asked. */
  readonly workspaceId: string;
  /** The time that the client gives each call, in milliseconds; absent for what suits the call. */
  readonly timeoutMs: number | undefined;
  /** Makes one call of the API. */
  readonly send: (call: ApiCall) => Promise<ApiAnswer>;
}
