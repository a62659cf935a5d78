import { ByotError } from "../errors/errors.js";
import type { ApiAnswer, ApiCall } from "./api-call.js";
import type { Hooks } from "./hooks.js";

/** One attempt, and which one it is. */
export interface NumberedAttempt {
  /** 1 for the first. */
  readonly attempt: number;
  /** Makes it. */
  readonly run: () => Promise<ApiAnswer>;
}

/** Makes one attempt and tells the hooks how it went. */
export async function observed(
  { onRequest, onResponse }: Hooks,
  { operation, method, path, options: { requestId } }: ApiCall,
  { attempt, run }: NumberedAttempt,
): Promise<ApiAnswer> {
  const request = { operation, method, path: path.replace(/\?.*/, ""), requestId, attempt };
  onRequest?.(request);
  const startedAt = performance.now();
  let end: { readonly status?: number | undefined; readonly code?: string } = { code: "aborted" };
  try {
    const answer = await run();
    end = { status: answer.response.status };
    return answer;
  } catch (error) {
    end = error instanceof ByotError ? error : end;
    throw error;
  } finally {
    const { status, code } = end;
    onResponse?.({ ...request, status, code, durationMs: performance.now() - startedAt });
  }
}
