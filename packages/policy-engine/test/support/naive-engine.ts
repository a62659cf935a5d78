/**
 * A second engine for the tests alone: slow, literal, sharing no code with the first. It takes parsed
 * documents, follows the tables one by one and recomputes everything for every question.
 */
import type { Condition, Effect, PolicyDocument, PolicyRule } from "@byot/policy-engine";
import type { Given } from "./decide.js";

type Truth = "T" | "F" | "E";
type RuleValue = "Allow" | "Deny" | "NotApplicable" | "P" | "D";
type World = "A" | "D" | "N";

/** A policy with the priority of its permission. */
export interface NaivePolicy {
  readonly id: string;
  readonly priority: number;
  readonly document: PolicyDocument;
}

/** The comparable part of a result. */
export interface NaiveResult {
  readonly decision: "Allow" | "Deny" | "Indeterminate";
  readonly reason: string;
  readonly determining: readonly string[];
  readonly errors: readonly string[];
  readonly missing: readonly string[];
}

/** Decides as the language is written down. */
export function decideNaively(policies: readonly NaivePolicy[], given: Given): NaiveResult {
  const values = valuesOf(policies, given);
  const worlds = worldsOf(policies, values);
  const decision = worlds.size > 1 ? "Indeterminate" : worlds.has("A") ? "Allow" : "Deny";
  const looked = tiersLookedAt(policies, values);
  const open = looked.flatMap((tier) => tier.filter(({ key }) => isOpen(values.get(key))));
  const errors = open.flatMap(({ key, rule }) => {
    const matters = decision === "Indeterminate" && changesWorlds(policies, values, { key, rule });
    return errorsIn(rule.conditions ?? [], given, { path: "conditions", decisive: matters }).map(
      (error) => ({
        ...error,
        key,
      }),
    );
  });
  return {
    decision,
    ...explainDecision(policies, { looked, values, decision }),
    errors: errors.map(({ key, path, code, decisive }) => `${key} ${path} ${code} ${decisive}`),
    missing: [
      ...new Set(
        errors
          .filter(({ code, decisive }) => decisive && code === "missing_attribute")
          .map(({ attribute }) => attribute),
      ),
    ],
  };
}

interface KeyedRule {
  readonly key: string;
  readonly rule: PolicyRule;
}

function tiersOf(policies: readonly NaivePolicy[]): KeyedRule[][] {
  const priorities = [...new Set(policies.map(({ priority }) => priority))];
  priorities.sort((a, b) => b - a);
  return priorities.map((priority) =>
    rulesOf(policies.filter((each) => each.priority === priority)),
  );
}

function rulesOf(policies: readonly NaivePolicy[]): KeyedRule[] {
  return policies.flatMap(({ id, document }) =>
    document.specification.rules.map((rule) => ({ key: `${id}/${rule.rule_id}`, rule })),
  );
}

function valuesOf(policies: readonly NaivePolicy[], given: Given): Map<string, RuleValue> {
  return new Map(
    rulesOf(policies).map(({ key, rule }) => [key, ruleValue(rule.effect, ruleTruth(rule, given))]),
  );
}

function ruleValue(effect: Effect, truth: Truth): RuleValue {
  if (truth === "F") {
    return "NotApplicable";
  }
  if (truth === "T") {
    return effect;
  }
  return effect === "Allow" ? "P" : "D";
}

function isOpen(value: RuleValue | undefined): boolean {
  return value === "P" || value === "D";
}

/** The combined value by the written table, as the worlds it stands for. */
export function combineByTable(values: readonly RuleValue[]): Set<World> {
  const any = (value: RuleValue) => values.includes(value);
  if (any("Deny")) {
    return new Set(["D"]);
  }
  if (any("D")) {
    return any("P") || any("Allow") ? new Set(["A", "D"]) : new Set(["D", "N"]);
  }
  if (any("Allow")) {
    return new Set(["A"]);
  }
  return any("P") ? new Set(["A", "N"]) : new Set(["N"]);
}

function worldsOf(
  policies: readonly NaivePolicy[],
  values: ReadonlyMap<string, RuleValue>,
): Set<World> {
  const worlds = new Set<World>();
  for (const tier of tiersOf(policies)) {
    const tierWorlds = combineByTable(tier.map(({ key }) => values.get(key) ?? "NotApplicable"));
    for (const world of tierWorlds) {
      worlds.add(world);
    }
    // A combination that could be either answer adds nothing new by also being able to abstain.
    if (!tierWorlds.has("N")) {
      worlds.delete("N");
      return worlds;
    }
  }
  worlds.delete("N");
  worlds.add(closingEffect(policies) === "Allow" ? "A" : "D");
  return worlds;
}

function closingEffect(policies: readonly NaivePolicy[]): Effect {
  const defaults = new Set(policies.map(({ document }) => document.specification.default?.effect));
  return defaults.has("Allow") && !defaults.has("Deny") ? "Allow" : "Deny";
}

function tiersLookedAt(
  policies: readonly NaivePolicy[],
  values: ReadonlyMap<string, RuleValue>,
): KeyedRule[][] {
  const tiers = tiersOf(policies);
  const decided = tiers.findIndex((tier) =>
    tier.some(({ key }) => values.get(key) === "Allow" || values.get(key) === "Deny"),
  );
  return decided === -1 ? tiers : tiers.slice(0, decided + 1);
}

function changesWorlds(
  policies: readonly NaivePolicy[],
  values: ReadonlyMap<string, RuleValue>,
  { key, rule }: KeyedRule,
): boolean {
  const before = [...worldsOf(policies, values)].toSorted().join("");
  return [rule.effect, "NotApplicable" as const].some((settled) => {
    const after = worldsOf(policies, new Map(values).set(key, settled));
    return [...after].toSorted().join("") !== before;
  });
}

interface Found {
  readonly looked: readonly KeyedRule[][];
  readonly values: ReadonlyMap<string, RuleValue>;
  readonly decision: NaiveResult["decision"];
}

function explainDecision(
  policies: readonly NaivePolicy[],
  { looked, values, decision }: Found,
): Pick<NaiveResult, "reason" | "determining"> {
  if (decision === "Indeterminate") {
    return { reason: "undetermined", determining: [] };
  }
  const verb = decision === "Allow" ? "allowed" : "denied";
  const speaking = (looked.at(-1) ?? []).filter(({ key }) => values.get(key) === decision);
  if (speaking.length > 0) {
    return { reason: `${verb}_by_rule`, determining: speaking.map(({ key }) => key) };
  }
  const ordered = policies.toSorted((a, b) => b.priority - a.priority);
  const defaults = ordered
    .filter(({ document }) => document.specification.default?.effect === decision)
    .map(({ id }) => `${id}/null`);
  return defaults.length === 0
    ? { reason: "no_rule_matched", determining: [] }
    : { reason: `${verb}_by_default`, determining: defaults };
}

function ruleTruth({ conditions = [] }: PolicyRule, given: Given): Truth {
  return groupTruth(
    "all_of",
    conditions.map((condition) => conditionTruth(condition, given)),
  );
}

function conditionTruth(condition: Condition, given: Given): Truth {
  if ("conditions" in condition) {
    const truths = condition.conditions.map((member) => conditionTruth(member, given));
    return groupTruth(condition.function, truths);
  }
  const state = leafState(condition, given);
  if (state === "missing_attribute") {
    return ({ error: "E", false: "F", true: "T", empty: "E" } as const)[
      condition.on_missing ?? "error"
    ];
  }
  return state === true ? "T" : state === false ? "F" : "E";
}

function groupTruth(name: string, truths: readonly Truth[]): Truth {
  switch (name) {
    case "all_of":
      return truths.includes("F") ? "F" : truths.includes("E") ? "E" : "T";
    case "any_of":
      return truths.includes("T") ? "T" : truths.includes("E") ? "E" : "F";
    default:
      return truths[0] === "T" ? "F" : truths[0] === "F" ? "T" : "E";
  }
}

type LeafState = boolean | "missing_attribute" | "type_error" | "unsafe_integer";

function leafState(condition: Condition, given: Given): LeafState {
  if ("conditions" in condition) {
    throw new TypeError("not a leaf");
  }
  const value = valueOf(condition, given);
  if (condition.function === "attribute_exists") {
    return value !== undefined;
  }
  return value === undefined ? "missing_attribute" : compare(condition, value);
}

function valueOf(
  { attribute, metadata_key: key }: { attribute: string; metadata_key?: string },
  given: Given,
): unknown {
  const source = key === undefined ? given : given["request_metadata"];
  const entry = Object.entries(source ?? {}).find(([name]) => name === (key ?? attribute));
  return entry?.[1] ?? undefined;
}

function compare(
  { function: name, value: expected }: { function: string; value?: unknown },
  actual: unknown,
): LeafState {
  if (name.startsWith("integer_")) {
    return compareIntegers(name, actual, expected);
  }
  switch (name) {
    case "string_equal":
      return typeof actual === "string" ? actual === expected : "type_error";
    case "boolean_equal":
      return typeof actual === "boolean" ? actual === expected : "type_error";
    case "string_in":
      return typeof actual === "string" ? listOf(expected).includes(actual) : "type_error";
    default:
      return listOf(actual).every((element) => typeof element === "string")
        ? listOf(actual).includes(expected)
        : "type_error";
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? [...(value as unknown[])] : [value];
}

function compareIntegers(name: string, actual: unknown, expected: unknown): LeafState {
  const x = exactInteger(actual);
  const y = exactInteger(expected);
  if (typeof x !== "bigint" || typeof y !== "bigint") {
    return typeof x === "bigint" ? "type_error" : x;
  }
  switch (name) {
    case "integer_equal":
      return x === y;
    case "integer_not_equal":
      return x !== y;
    case "integer_greater_than":
      return x > y;
    case "integer_greater_equal":
      return x >= y;
    case "integer_less_than":
      return x < y;
    default:
      return x <= y;
  }
}

function exactInteger(value: unknown): bigint | "type_error" | "unsafe_integer" {
  if (typeof value === "bigint") {
    return value;
  }
  if (typeof value === "number" && Number.isInteger(value)) {
    return Math.abs(value) < 2 ** 53 ? BigInt(value) : "unsafe_integer";
  }
  if (typeof value === "string" && /^-?\d+$/.test(value) && BigInt(value).toString() === value) {
    return BigInt(value);
  }
  return "type_error";
}

interface NaiveError {
  readonly path: string;
  readonly code: string;
  readonly attribute: string;
  readonly decisive: boolean;
}

interface Place {
  readonly path: string;
  readonly decisive: boolean;
}

function errorsIn(
  conditions: readonly Condition[],
  given: Given,
  { path, decisive }: Place,
): NaiveError[] {
  return conditions.flatMap((condition, index): NaiveError[] => {
    const place = `${path}/${index}`;
    const open = conditionTruth(condition, given) === "E";
    if ("conditions" in condition) {
      const inside = { path: `${place}/conditions`, decisive: decisive && open };
      return errorsIn(condition.conditions, given, inside);
    }
    if (!open) {
      return [];
    }
    const key = condition.metadata_key;
    const attribute = key === undefined ? condition.attribute : `request_metadata.${key}`;
    return [{ path: place, code: String(leafState(condition, given)), attribute, decisive }];
  });
}
