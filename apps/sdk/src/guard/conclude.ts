import type { Decision } from "../decisions/decision.js";
import type { ByotError } from "../errors/errors.js";
import type { Verdict } from "./create-guard.js";
import type { Refusal } from "./refusal.js";

/** What a framework does with each verdict. */
export interface Conclusions<Answer> {
  /** Lets the request go on. */
  readonly allow: (decision: Decision) => Answer;
  /** Answers it with a problem document. */
  readonly refuse: (refusal: Refusal) => Answer;
  /** The application's own answer to a denial. */
  readonly onDeny: ((decision: Decision) => Answer) | undefined;
  /** The application's own answer to a check that failed. */
  readonly onError: ((error: ByotError) => Answer) | undefined;
}

/**
 * Does what a verdict asks for.
 *
 * @throws Error, with the `ByotError` as its cause, where the fault is the application's own, such as a wrong API key:
 * the framework logs it and answers 500. The error itself has a status that frameworks would answer with.
 */
export function conclude<Answer>(verdict: Verdict, conclusions: Conclusions<Answer>): Answer {
  const { allow, refuse, onDeny, onError } = conclusions;
  if (verdict.outcome === "allowed") {
    return allow(verdict.decision);
  }
  if (verdict.outcome === "denied") {
    return onDeny === undefined ? refuse(verdict.refusal) : onDeny(verdict.decision);
  }
  if (onError !== undefined) {
    return onError(verdict.error);
  }
  if (verdict.refusal === undefined) {
    throw new Error("the request could not be authorized", { cause: verdict.error });
  }
  return refuse(verdict.refusal);
}
