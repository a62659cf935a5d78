/**
 * A second engine for the tests alone: slow, literal, sharing no code with the first. It takes parsed
 * documents, spells out every world that is still possible, and recomputes everything for every question.
 */
import type {
  CombiningAlgorithm,
  Condition,
  Effect,
  GroupCondition,
  GroupFunctionName,
  PolicyDocument,
  PolicyNotice,
  PolicyRule,
} from "@byot/policy-engine";
import type { Given } from "./decide.js";

type Truth = "T" | "F" | "E";

/** What a rule says. */
export type RuleValue = "Allow" | "Deny" | "NotApplicable" | "P" | "D";

/** What rules come to together. */
export type CombinedValue = RuleValue | "DP";

type World = "A" | "D" | "N";
type Worlds = ReadonlySet<World>;

/** A policy with the priority of its permission. */
export interface NaivePolicy {
  readonly id: string;
  readonly priority: number;
  readonly document: PolicyDocument;
}

/** The comparable part of a result. */
export interface NaiveResult {
  readonly decision: "Allow" | "Deny" | "NotApplicable" | "Indeterminate";
  readonly indeterminate?: "P" | "D" | "DP";
  readonly reason: string;
  readonly determining: readonly string[];
  readonly errors: readonly string[];
  readonly missing: readonly string[];
  readonly obligations: readonly string[];
  readonly advice: readonly string[];
}

/** Every rule and target of the policies with its value for one request. */
interface Values {
  readonly rules: ReadonlyMap<PolicyRule, RuleValue>;
  readonly targets: ReadonlyMap<PolicyDocument, Truth>;
}

/** Decides as the language is written down. */
export function decideNaively(
  attached: readonly NaivePolicy[],
  given: Given,
  leaveOpen = false,
): NaiveResult {
  // A policy may be attached twice as one object; rules and targets are told apart by identity.
  const policies = attached.map((policy) => structuredClone(policy));
  const values = valuesOf(policies, given);
  const worlds = worldsOf(policies, values, leaveOpen);
  const errors = lookedAt(policies, values).flatMap((policy) =>
    errorsOf(policy, values, given).map(({ open, ...error }) => ({
      ...error,
      decisive:
        error.decisive &&
        settlements(open, values).some(
          (settled) => !sameWorlds(worldsOf(policies, settled, leaveOpen), worlds),
        ),
    })),
  );
  const [only] = worlds;
  return {
    ...(worlds.size > 1 || only === undefined
      ? undetermined(worlds)
      : decided({ policies, values }, effectByWorld[only])),
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

const effectByWorld = { A: "Allow", D: "Deny", N: "NotApplicable" } as const;

function undetermined(worlds: Worlds) {
  const indeterminate = !worlds.has("D") ? "P" : !worlds.has("A") ? "D" : "DP";
  return {
    decision: "Indeterminate",
    indeterminate,
    reason: "undetermined",
    determining: [],
    obligations: [],
    advice: [],
  } as const;
}

function valuesOf(policies: readonly NaivePolicy[], given: Given): Values {
  const specifications = policies.map(({ document }) => document.specification);
  return {
    rules: new Map(
      specifications.flatMap(({ rules }) =>
        rules.map((rule) => [rule, ruleValue(rule.effect, allTruth(rule.conditions, given))]),
      ),
    ),
    targets: new Map(
      policies.map(({ document }) => [document, allTruth(document.specification.target, given)]),
    ),
  };
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

type Table = (any: (value: RuleValue) => boolean, first: RuleValue) => CombinedValue;

/** The written tables, one sentence after the other. */
const writtenTables: Readonly<Record<CombiningAlgorithm, Table>> = {
  deny_overrides(any) {
    if (any("Deny")) {
      return "Deny";
    }
    if (any("D")) {
      return any("P") || any("Allow") ? "DP" : "D";
    }
    return any("Allow") ? "Allow" : any("P") ? "P" : "NotApplicable";
  },
  allow_overrides(any) {
    if (any("Allow")) {
      return "Allow";
    }
    if (any("P")) {
      return any("D") || any("Deny") ? "DP" : "P";
    }
    return any("Deny") ? "Deny" : any("D") ? "D" : "NotApplicable";
  },
  first_applicable: (_any, first) => (first === "P" || first === "D" ? "DP" : first),
  deny_unless_allow: (any) => (any("Allow") ? "Allow" : "Deny"),
  allow_unless_deny: (any) => (any("Deny") || any("D") ? "Deny" : "Allow"),
};

/** What the values come to by the algorithm's table. */
export function combineByTable(
  algorithm: CombiningAlgorithm,
  values: readonly RuleValue[],
): CombinedValue {
  const first = values.find((value) => value !== "NotApplicable") ?? "NotApplicable";
  return writtenTables[algorithm]((value) => values.includes(value), first);
}

const worldsOfRule: Readonly<Record<RuleValue, readonly World[]>> = {
  Allow: ["A"],
  Deny: ["D"],
  NotApplicable: ["N"],
  P: ["A", "N"],
  D: ["D", "N"],
};

/** The same, for the two overriding algorithms by trying every world, for the others as their sentences say. */
export function combineByWorlds(
  algorithm: CombiningAlgorithm,
  values: readonly RuleValue[],
): Worlds {
  if (algorithm === "deny_overrides" || algorithm === "allow_overrides") {
    const order = algorithm === "deny_overrides" ? (["D", "A"] as const) : (["A", "D"] as const);
    return tryWorlds(
      values.map((value) => new Set(worldsOfRule[value])),
      order,
    );
  }
  const value = combineByTable(algorithm, values);
  return new Set(value === "DP" ? ["A", "D", "N"] : worldsOfRule[value]);
}

function tryWorlds(sets: readonly Worlds[], [strong, weak]: readonly [World, World]): Worlds {
  const combinations = sets.reduce<Set<string>>(
    (partial, worlds) =>
      new Set(
        Array.from(partial).flatMap((world) =>
          Array.from(worlds, (each) => (world.includes(each) ? world : world + each)),
        ),
      ),
    new Set([""]),
  );
  return new Set(
    [...combinations].map((world) =>
      world.includes(strong) ? strong : world.includes(weak) ? weak : "N",
    ),
  );
}

const algorithmOf = ({ document }: NaivePolicy) =>
  document.specification.combining ?? "deny_overrides";

function policyWorlds(policy: NaivePolicy, { rules, targets }: Values): Worlds {
  const target = targets.get(policy.document);
  if (target === "F") {
    return new Set(["N"]);
  }
  const values = policy.document.specification.rules.map(
    (rule) => rules.get(rule) ?? "NotApplicable",
  );
  const inside = combineByWorlds(algorithmOf(policy), values);
  return target === "E" ? new Set([...inside, "N"]) : inside;
}

function tiersOf(policies: readonly NaivePolicy[]): NaivePolicy[][] {
  const priorities = [...new Set(policies.map(({ priority }) => priority))];
  priorities.sort((a, b) => b - a);
  return priorities.map((priority) => policies.filter((each) => each.priority === priority));
}

function tierWorlds(tier: readonly NaivePolicy[], values: Values): Worlds {
  return tryWorlds(
    tier.map((policy) => policyWorlds(policy, values)),
    ["D", "A"],
  );
}

function worldsOf(policies: readonly NaivePolicy[], values: Values, leaveOpen: boolean): Worlds {
  const worlds = new Set<World>(["N"]);
  for (const tier of tiersOf(policies)) {
    if (worlds.has("N")) {
      worlds.delete("N");
      tierWorlds(tier, values).forEach((world) => worlds.add(world));
    }
  }
  if (worlds.has("N")) {
    worlds.delete("N");
    closingWorlds(policies, values, leaveOpen).forEach((world) => worlds.add(world));
  }
  return worlds;
}

/** A policy whose target is an error counts both ways, each on its own. */
function closingWorlds(
  policies: readonly NaivePolicy[],
  { targets }: Values,
  leaveOpen: boolean,
): Worlds {
  const among = (truth: Truth) => policies.filter((each) => targets.get(each.document) === truth);
  const subsets = among("E").reduce<NaivePolicy[][]>(
    (partial, policy) => partial.flatMap((subset) => [subset, [...subset, policy]]),
    [among("T")],
  );
  return new Set(
    subsets.map((subset): World => {
      const defaults = new Set(
        subset.map(({ document }) => document.specification.default?.effect),
      );
      if (defaults.has("Deny")) {
        return "D";
      }
      return defaults.has("Allow") ? "A" : leaveOpen ? "N" : "D";
    }),
  );
}

function sameWorlds(a: Worlds, b: Worlds): boolean {
  return a.size === b.size && [...a].every((world) => b.has(world));
}

/** Tiers down to the first that says something in every world. */
function lookedAt(policies: readonly NaivePolicy[], values: Values): NaivePolicy[] {
  const tiers = tiersOf(policies);
  const last = tiers.findIndex((tier) => !tierWorlds(tier, values).has("N"));
  return (last === -1 ? tiers : tiers.slice(0, last + 1)).flat();
}

type Open = PolicyRule | PolicyDocument;

function settlements(open: Open, { rules, targets }: Values): Values[] {
  return "effect" in open
    ? [open.effect, "NotApplicable" as const].map((value) => ({
        targets,
        rules: new Map(rules).set(open, value),
      }))
    : (["T", "F"] as const).map((truth) => ({
        rules,
        targets: new Map(targets).set(open, truth),
      }));
}

function errorsOf({ id, document }: NaivePolicy, values: Values, given: Given) {
  const { target = [], rules } = document.specification;
  const truth = values.targets.get(document);
  if (truth === "F") {
    return [];
  }
  const isOpen = (rule: PolicyRule) => /^[PD]$/.test(values.rules.get(rule) ?? "");
  const parts: { key: string; open: Open; path: string; conditions: readonly Condition[] }[] = [
    ...(truth === "E"
      ? [{ key: `${id}/null`, open: document, path: "target", conditions: target }]
      : []),
    ...rules.filter(isOpen).map((rule) => ({
      key: `${id}/${rule.rule_id}`,
      open: rule,
      path: "conditions",
      conditions: rule.conditions ?? [],
    })),
  ];
  return parts.flatMap(({ key, open, path, conditions }) =>
    errorsIn(conditions, given, { path, decisive: true }).map((error) => ({ ...error, key, open })),
  );
}

interface Found {
  readonly policies: readonly NaivePolicy[];
  readonly values: Values;
}

function decided({ policies, values }: Found, decision: Effect | "NotApplicable") {
  if (decision === "NotApplicable") {
    return {
      decision,
      reason: "no_rule_matched",
      determining: [],
      obligations: [],
      advice: [],
    };
  }
  const verb = decision === "Allow" ? "allowed" : "denied";
  const world = decision === "Allow" ? "A" : "D";
  const deciding = tiersOf(policies).find((tier) => !tierWorlds(tier, values).has("N"));
  if (deciding === undefined) {
    return closed({ policies, values }, decision);
  }
  const saying = deciding.filter((policy) =>
    sameWorlds(policyWorlds(policy, values), new Set([world])),
  );
  const determining = saying.flatMap((policy) => {
    const speaking = rulesSaying(policy, values, decision);
    return speaking.length === 0
      ? [`${policy.id}/null`]
      : speaking.map((rule) => `${policy.id}/${rule.rule_id}`);
  });
  const sources = untilDenied(saying, decision).flatMap((policy) => [
    ...rulesUntilSettled(policy, values, decision).map((rule) => ({
      from: `${policy.id}/${rule.rule_id}`,
      notices: rule,
    })),
    { from: policy.id, notices: policy.document.specification },
  ]);
  return {
    decision,
    reason: determining.every((key) => key.endsWith("/null"))
      ? `${verb}_by_default`
      : `${verb}_by_rule`,
    determining,
    ...noticesOf(sources, decision),
  };
}

function closed({ policies, values }: Found, decision: Effect) {
  const ordered = policies.toSorted((a, b) => b.priority - a.priority);
  const defaults = ordered.filter(
    ({ document }) =>
      values.targets.get(document) !== "F" && document.specification.default?.effect === decision,
  );
  const certain = defaults.filter(({ document }) => values.targets.get(document) === "T");
  return {
    decision,
    reason:
      defaults.length === 0
        ? "no_rule_matched"
        : `${decision === "Allow" ? "allowed" : "denied"}_by_default`,
    determining: defaults.map(({ id }) => `${id}/null`),
    ...noticesOf(
      untilDenied(certain, decision).map(({ id, document }) => ({
        from: id,
        notices: document.specification,
      })),
      decision,
    ),
  };
}

function untilDenied<Item>(items: readonly Item[], decision: Effect): readonly Item[] {
  return decision === "Deny" ? items.slice(0, 1) : items;
}

function rulesSaying(policy: NaivePolicy, { rules }: Values, decision: Effect): PolicyRule[] {
  const list = policy.document.specification.rules;
  const speaking = list.filter((rule) => rules.get(rule) !== "NotApplicable");
  const counted = algorithmOf(policy) === "first_applicable" ? speaking.slice(0, 1) : speaking;
  return counted.filter((rule) => rules.get(rule) === decision);
}

const settlingValues: Readonly<Record<CombiningAlgorithm, readonly RuleValue[]>> = {
  deny_overrides: ["Deny"],
  allow_overrides: ["Allow"],
  first_applicable: ["Allow", "Deny", "P", "D"],
  deny_unless_allow: ["Allow"],
  allow_unless_deny: ["Deny", "D"],
};

/** Asks one rule after the other and stops where the algorithm knows enough. */
function rulesUntilSettled(policy: NaivePolicy, { rules }: Values, decision: Effect): PolicyRule[] {
  const asked: PolicyRule[] = [];
  for (const rule of policy.document.specification.rules) {
    asked.push(rule);
    if (settlingValues[algorithmOf(policy)].includes(rules.get(rule) ?? "NotApplicable")) {
      break;
    }
  }
  return asked.filter((rule) => rules.get(rule) === decision);
}

interface NoticeSource {
  readonly from: string;
  readonly notices: {
    readonly obligations?: readonly PolicyNotice[];
    readonly advice?: readonly PolicyNotice[];
  };
}

function noticesOf(sources: readonly NoticeSource[], decision: Effect) {
  const list = (kind: "obligations" | "advice") =>
    sources.flatMap(({ from, notices }) =>
      (notices[kind] ?? []).filter(({ on }) => on === decision).map(({ id }) => `${from} ${id}`),
    );
  return { obligations: list("obligations"), advice: list("advice") };
}

function allTruth(conditions: readonly Condition[] = [], given: Given): Truth {
  return groupTruth(
    { function: "all_of", conditions },
    conditions.map((condition) => conditionTruth(condition, given)),
  );
}

function conditionTruth(condition: Condition, given: Given): Truth {
  if ("conditions" in condition) {
    const truths = condition.conditions.map((member) => conditionTruth(member, given));
    return groupTruth(condition, truths);
  }
  const state = leafState(condition, given);
  if (state === "missing_attribute") {
    return ({ error: "E", false: "F", true: "T", empty: "E" } as const)[
      condition.on_missing ?? "error"
    ];
  }
  return state === true ? "T" : state === false ? "F" : "E";
}

type GroupTable = (counts: Record<Truth, number>, n: number) => Truth;

const groupTables: Readonly<Record<GroupFunctionName, GroupTable>> = {
  all_of: ({ F, E }) => (F > 0 ? "F" : E > 0 ? "E" : "T"),
  any_of: ({ T, E }) => (T > 0 ? "T" : E > 0 ? "E" : "F"),
  none_of: ({ T, E }) => (T > 0 ? "F" : E > 0 ? "E" : "T"),
  not: ({ T, F }) => (T > 0 ? "F" : F > 0 ? "T" : "E"),
  at_least: ({ T, F, E }, n) => (T >= n ? "T" : F >= T + F + E + 1 - n ? "F" : "E"),
};

function groupTruth(group: GroupCondition, truths: readonly Truth[]): Truth {
  const count = (truth: Truth) => truths.filter((each) => each === truth).length;
  const counts = { T: count("T"), F: count("F"), E: count("E") };
  return groupTables[group.function](counts, group.n ?? 0);
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
