import type { Scope } from "@byot/api-contract";
import type { OperationProblem } from "./outcome.js";

/** The problem of a key without a scope. */
export function missingScope(scope: Scope): OperationProblem {
  return { code: "scope_missing", detail: `the API key lacks the scope \`${scope}\`` };
}
