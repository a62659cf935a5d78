import { ByotError } from "../errors/errors.js";
import type { CheckResult, Decision } from "./decision.js";

/** The policies deny what `checkOrThrow` was asked for. Its `status` is 403, for servers that answer with it. */
export class AccessDeniedError extends ByotError {
  override readonly name: string = "AccessDeniedError";
  /** The denial. */
  readonly decision: Decision;

  /** Callers catch it; they construct it only in tests of their own. */
  constructor({ data, requestId }: CheckResult) {
    super(`denied: ${data.reason.message}`, { code: "access_denied", status: 403, requestId });
    this.decision = data;
  }
}
