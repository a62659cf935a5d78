import type { ResolvedRequest, SlotTable } from "../conditions/attribute-slots.js";
import type { RuleAnswer } from "./combining-algorithms.js";
import type { PlacedRule } from "./compiled-policy.js";
import { indexByBounds, indexByValue, type RuleIndex } from "./rule-index.js";

/** Rules in order, with a quick way to those that may apply. */
export interface RuleList {
  /** All of them, each at its position. */
  readonly all: readonly PlacedRule[];
  /** Which of them do not have to be asked; absent where asking all is as quick. */
  readonly indexes: readonly RuleIndex[];
  /** Those that no index covers. */
  readonly rest: readonly PlacedRule[];
}

/** From how many rules on an index is worth its lookups. */
export interface IndexThresholds {
  /** For rules that need an attribute to have one of a few values. */
  readonly values: number;
  /** For the others that need a number to lie within bounds. */
  readonly bounds: number;
}

const defaultThresholds: IndexThresholds = { values: 65, bounds: 257 };

/** Asks the rules of a list. */
export type AskRules = (rules: RuleList, request: ResolvedRequest) => RuleAnswer[];

/** Prepares rules for being asked; each stands at its position. */
export function listRules(
  all: readonly PlacedRule[],
  slots: SlotTable,
  thresholds: IndexThresholds = defaultThresholds,
): RuleList {
  const byValue = all.length < thresholds.values ? undefined : indexByValue(all, slots);
  const others = byValue?.rest ?? all;
  const byBounds = others.length < thresholds.bounds ? undefined : indexByBounds(others, slots);
  return {
    all,
    indexes: [byValue?.index, byBounds?.index].filter((index) => index !== undefined),
    rest: byBounds?.rest ?? others,
  };
}

/** The answers of the rules that say something or may, in order. */
export function askIndexed(rules: RuleList, request: ResolvedRequest): RuleAnswer[] {
  const answers: RuleAnswer[] = [];
  askEach(rules.rest, request, answers);
  if (rules.indexes.length === 0) {
    return answers;
  }
  for (const index of rules.indexes) {
    index.visit(request, (candidates) => askEach(candidates, request, answers));
  }
  return answers.length < 2
    ? answers
    : answers.toSorted((a, b) => a.placed.position - b.placed.position);
}

/** As {@link askIndexed}, asking every rule. */
export function askAll(rules: RuleList, request: ResolvedRequest): RuleAnswer[] {
  const answers: RuleAnswer[] = [];
  askEach(rules.all, request, answers);
  return answers;
}

// Every candidate is asked, even after a Deny: the answer names all rules that speak.
function askEach(
  rules: readonly PlacedRule[],
  request: ResolvedRequest,
  answers: RuleAnswer[],
): void {
  for (const placed of rules) {
    const truth = placed.rule.condition.evaluate(request);
    if (truth !== "F") {
      answers.push({ placed, certain: truth === "T" });
    }
  }
}
