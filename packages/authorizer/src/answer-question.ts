import type { RequestAttributes } from "@byot/policy-engine";
import type { DecisionRecord } from "@byot/storage";
import type { AuthorizerParts } from "./authorizer-parts.js";
import { bounded, boundedErrors } from "./bounded.js";
import type { CheckQuestion, SubjectDecision } from "./check.js";
import type { CheckRefusal } from "./check-refusal.js";
import { decide, type Verdict } from "./decide.js";
import { decisionRecord } from "./decision-record.js";
import type { Result } from "./result.js";
import type { Situation } from "./situation.js";

/** A question with its answer. */
export interface AnsweredQuestion {
  /** What policies could read. */
  readonly attributes: RequestAttributes;
  /** The answer, which nobody may see before it is recorded. */
  readonly decision: SubjectDecision;
  /** How long it took from the beginning of the request, in microseconds. */
  readonly durationMicros: number;
}

/** Decides one question. */
export function answerQuestion(
  parts: AuthorizerParts,
  situation: Situation,
  { resource, action, context = {} }: CheckQuestion,
): AnsweredQuestion {
  const { snapshot, origin, named, startedAt } = situation;
  const attributes = { resource, action, named, metadata: context };
  const verdict = decide(snapshot, attributes, origin.explain);
  return {
    attributes,
    decision: decisionOf(verdict, situation, parts.createId()),
    durationMicros: Math.round((parts.stopwatch() - startedAt) * 1000),
  };
}

/** Records answers as the workspace wishes, all or none. What it resolves to is why they may not be seen. */
export async function recordAnswers(
  parts: AuthorizerParts,
  situation: Situation,
  answers: readonly AnsweredQuestion[],
): Promise<Result<void, CheckRefusal>> {
  const { decisionLog } = situation.snapshot.settings;
  if (decisionLog === "off") {
    return { ok: true, value: undefined };
  }
  const records: readonly DecisionRecord[] = answers.map((answer) =>
    decisionRecord(parts, situation, answer),
  );
  return parts.decisionRecorder.record(records, decisionLog);
}

function decisionOf(verdict: Verdict, situation: Situation, decisionId: string): SubjectDecision {
  return {
    allowed: verdict.allowed,
    decision: verdict.allowed ? "Allow" : "Deny",
    reason: verdict.reason,
    decisionId,
    revision: situation.snapshot.revision,
    evaluatedAt: situation.now,
    obligations: verdict.obligations,
    determining: bounded(verdict.determining),
    errors: boundedErrors(verdict.errors),
    missing: bounded(verdict.missing),
    nearestMisses: bounded(verdict.nearestMisses ?? []),
    ...(verdict.trace === undefined ? {} : { trace: verdict.trace }),
  };
}
