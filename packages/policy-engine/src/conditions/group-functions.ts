import type {
  GroupCondition,
  GroupFunctionName,
  LeafCondition,
} from "../document/policy-document.js";
import type { FunctionDescription } from "./function-description.js";
import { allOf, anyOf, type Ask, atLeast, noneOf, notAllOf, type Truth } from "./truth.js";

/** Joins the members' answers; their order never changes the result. */
export type Join = <Member>(members: readonly Member[], ask: Ask<Member>) => Truth;

/** A condition function on other conditions. */
export interface GroupFunction extends FunctionDescription {
  /** How many members it takes, exactly; absent when any number will do. */
  readonly memberCount?: number;
  /** Whether it needs a number, `n`, and takes one. */
  readonly needsNumber: boolean;
  /** How one condition joins its members. */
  readonly joinOf: (condition: Pick<GroupCondition, "n">) => Join;
}

const isManager: LeafCondition = {
  function: "string_equal",
  attribute: "ext_role",
  value: "manager",
};
const isPremium: LeafCondition = {
  function: "string_equal",
  attribute: "ext_plan",
  value: "premium",
};
const isVerified: LeafCondition = {
  function: "boolean_equal",
  attribute: "ext_email_verified",
  value: true,
};

const common = {
  aliases: [],
  attributeType: null,
  valueType: null,
  options: [],
  needsNumber: false,
} as const;

/** Every condition function on other conditions, by name. */
export const groupFunctions: Readonly<Record<GroupFunctionName, GroupFunction>> = {
  all_of: {
    ...common,
    joinOf: () => allOf,
    summary: "True when every condition is true, and false when any is false; true when empty.",
    example: {
      condition: { function: "all_of", conditions: [isManager, isPremium] },
      trueFor: { ext_role: "manager", ext_plan: "premium" },
      falseFor: { ext_role: "member" },
    },
  },
  any_of: {
    ...common,
    joinOf: () => anyOf,
    summary:
      "True when any condition is true, and false when every one is false; false when empty.",
    example: {
      condition: { function: "any_of", conditions: [isManager, isPremium] },
      trueFor: { ext_plan: "premium" },
      falseFor: { ext_role: "member", ext_plan: "free" },
    },
  },
  none_of: {
    ...common,
    joinOf: () => noneOf,
    summary: "True when every condition is false, and false when any is true; true when empty.",
    example: {
      condition: { function: "none_of", conditions: [isManager, isPremium] },
      trueFor: { ext_role: "member", ext_plan: "free" },
      falseFor: { ext_plan: "premium" },
    },
  },
  not: {
    ...common,
    memberCount: 1,
    joinOf: () => notAllOf,
    summary: "True when its one condition is false; an error stays an error.",
    example: {
      condition: { function: "not", conditions: [isManager] },
      trueFor: { ext_role: "member" },
      falseFor: { ext_role: "manager" },
    },
  },
  at_least: {
    ...common,
    needsNumber: true,
    joinOf:
      ({ n = 0 }) =>
      (members, ask) =>
        atLeast(n, members, ask),
    summary:
      "True when `n` or more conditions are true, and false when fewer than `n` can still be true.",
    example: {
      condition: { function: "at_least", n: 2, conditions: [isManager, isPremium, isVerified] },
      trueFor: { ext_role: "manager", ext_email_verified: true },
      falseFor: { ext_role: "manager", ext_plan: "free", ext_email_verified: false },
    },
  },
};
