import type {
  CombiningAlgorithm,
  Condition,
  LeafCondition,
  PolicyDocument,
  PolicyNotice,
  PolicyRule,
} from "@byot/policy-engine";
import * as fc from "fast-check";
import type { Given } from "./decide.js";

/** Which conditions may occur. */
export interface Vocabulary {
  /** Whether an author may opt out of fail-closed treatment of missing attributes. */
  readonly optOuts: boolean;
  /** Whether a policy may always answer, whatever its rules leave open. */
  readonly collapsing: boolean;
}

/** One policy with its priority. */
export interface RankedDocument {
  readonly document: PolicyDocument;
  readonly priority: number;
}

const stringAttributes = fc.constantFrom("ext_plan", "ext_role", "ext_groups");
const texts = fc.constantFrom("premium", "manager", "7");

const integerFunctions = fc.constantFrom(
  "integer_equal" as const,
  "integer_not_equal" as const,
  "integer_greater_than" as const,
  "integer_greater_equal" as const,
  "integer_less_than" as const,
  "integer_less_equal" as const,
);

const integerLiterals = fc.constantFrom<number | string>(7, 8, -1, "7", "9007199254740993");

function onMissing({ optOuts }: Vocabulary): fc.Arbitrary<Pick<LeafCondition, "on_missing">> {
  return optOuts
    ? fc.constantFrom({}, {}, { on_missing: "false" } as const, { on_missing: "true" } as const)
    : fc.constant({});
}

function leaves(vocabulary: Vocabulary): fc.Arbitrary<Condition> {
  const comparisons = fc.oneof(
    fc.record({
      function: fc.constantFrom("string_equal" as const, "string_set_contains" as const),
      attribute: stringAttributes,
      value: texts,
    }),
    fc.record({
      function: fc.constant("string_in" as const),
      attribute: stringAttributes,
      value: fc.uniqueArray(texts, { maxLength: 2 }),
    }),
    fc.record({
      function: fc.constant("boolean_equal" as const),
      attribute: fc.constant("ext_suspended"),
      value: fc.boolean(),
    }),
    fc.record({
      function: integerFunctions,
      attribute: fc.constant("request_metadata"),
      metadata_key: fc.constantFrom("amount", "limit", "__proto__", "constructor"),
      value: integerLiterals,
    }),
  );
  const leaf: fc.Arbitrary<Condition> = fc
    .tuple(comparisons, onMissing(vocabulary))
    .map(([comparison, option]) => ({ ...comparison, ...option }));
  const existence: fc.Arbitrary<Condition> = fc.record({
    function: fc.constant("attribute_exists" as const),
    attribute: stringAttributes,
  });
  return vocabulary.optOuts ? fc.oneof(leaf, leaf, leaf, existence) : leaf;
}

function conditions(vocabulary: Vocabulary): fc.Arbitrary<Condition> {
  return fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaves(vocabulary),
      fc.record({
        function: fc.constantFrom("all_of" as const, "any_of" as const, "none_of" as const),
        conditions: fc.array(tie("condition"), { maxLength: 3 }),
      }),
      fc.record({
        function: fc.constant("at_least" as const),
        n: fc.integer({ min: 0, max: 4 }),
        conditions: fc.array(tie("condition"), { maxLength: 3 }),
      }),
      fc.record({
        function: fc.constant("not" as const),
        conditions: fc.array(tie("condition"), { minLength: 1, maxLength: 1 }),
      }),
    ),
  })).condition;
}

/** The conditions of one rule. */
export function conditionLists(vocabulary: Vocabulary): fc.Arbitrary<Condition[]> {
  return fc.array(conditions(vocabulary), { maxLength: 3 });
}

const notices: fc.Arbitrary<PolicyNotice[]> = fc.array(
  fc.record({
    id: fc.constantFrom("notify", "log", "mask"),
    on: fc.constantFrom("Allow" as const, "Deny" as const),
  }),
  { maxLength: 2 },
);

const noticeLists = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.record({ obligations: notices, advice: notices }) },
);

function rules(vocabulary: Vocabulary): fc.Arbitrary<PolicyRule[]> {
  const rule = fc
    .tuple(
      fc.record({
        effect: fc.constantFrom("Allow" as const, "Allow" as const, "Deny" as const),
        conditions: conditionLists(vocabulary),
      }),
      noticeLists,
    )
    .map(([plain, lists]) => ({ ...plain, ...lists }));
  return fc
    .array(rule, { maxLength: 4 })
    .map((list) => list.map((each, index) => Object.assign({ rule_id: `rule-${index}` }, each)));
}

const liftedAlgorithms = ["deny_overrides", "allow_overrides", "first_applicable"] as const;
const collapsingAlgorithms = ["deny_unless_allow", "allow_unless_deny"] as const;

function algorithms({
  collapsing,
}: Vocabulary): fc.Arbitrary<{ readonly combining?: CombiningAlgorithm }> {
  return fc.oneof(
    fc.constant({}),
    fc.record({
      combining: fc.constantFrom(
        ...liftedAlgorithms,
        ...(collapsing ? collapsingAlgorithms : liftedAlgorithms),
      ),
    }),
  );
}

/** One to four policies over few attributes and three priorities. */
export function rankedPolicies(vocabulary: Vocabulary): fc.Arbitrary<RankedDocument[]> {
  const target = fc.record({
    target: fc.array(conditions(vocabulary), { minLength: 1, maxLength: 2 }),
  });
  // Canonical as they are, and thousands of them: reading documents is tested elsewhere.
  const document: fc.Arbitrary<PolicyDocument> = fc
    .tuple(
      fc.record({ rules: rules(vocabulary) }),
      algorithms(vocabulary),
      fc.oneof(fc.constant({}), target),
      fc.constantFrom(
        {},
        { default: { effect: "Allow" as const } },
        { default: { effect: "Deny" as const } },
      ),
      noticeLists,
    )
    .map(([list, combining, when, fallback, lists]) => ({
      name: "policy",
      specification: { ...list, ...combining, ...when, ...fallback, ...lists },
    }));
  return fc.array(fc.record({ document, priority: fc.constantFrom(0, 5, 10) }), {
    minLength: 1,
    maxLength: 4,
  });
}

const anyText = fc.constantFrom<unknown>("premium", "manager", "7", "other", 7, null);
const anyInteger = fc.constantFrom<unknown>(
  7,
  8,
  -1,
  0,
  "7",
  "007",
  "9007199254740993",
  9_007_199_254_740_993n,
  2 ** 53,
  7.5,
  Number.NaN,
  null,
  {},
  [7],
);

/** Requests over the same attributes, with values missing, of wrong types and out of range. */
export const requests: fc.Arbitrary<Given> = fc.record(
  {
    ext_plan: anyText,
    ext_role: anyText,
    ext_groups: fc.oneof(fc.array(anyText, { maxLength: 3 }), anyText),
    ext_suspended: fc.constantFrom<unknown>(true, false, "true", null),
    request_metadata: fc.record({ amount: anyInteger, limit: anyInteger }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);
