import type { GroupFunctionName, LeafCondition } from "../document/policy-document.js";
import type { FunctionDescription } from "./function-description.js";
import { allOf, anyOf, type Ask, notAllOf, type Truth } from "./truth.js";

/** A condition function on other conditions. */
export interface GroupFunction extends FunctionDescription {
  /** How many members it takes, exactly; absent when any number will do. */
  readonly memberCount?: number;
  /** Joins the members' answers; their order never changes the result. */
  readonly join: <Member>(members: readonly Member[], ask: Ask<Member>) => Truth;
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

/** Every condition function on other conditions, by name. */
export const groupFunctions: Readonly<Record<GroupFunctionName, GroupFunction>> = {
  all_of: {
    aliases: [],
    attributeType: null,
    valueType: null,
    join: allOf,
    summary: "True when every condition is true, and false when any is false; true when empty.",
    example: {
      condition: { function: "all_of", conditions: [isManager, isPremium] },
      trueFor: { ext_role: "manager", ext_plan: "premium" },
      falseFor: { ext_role: "member" },
    },
  },
  any_of: {
    aliases: [],
    attributeType: null,
    valueType: null,
    join: anyOf,
    summary:
      "True when any condition is true, and false when every one is false; false when empty.",
    example: {
      condition: { function: "any_of", conditions: [isManager, isPremium] },
      trueFor: { ext_plan: "premium" },
      falseFor: { ext_role: "member", ext_plan: "free" },
    },
  },
  not: {
    aliases: [],
    attributeType: null,
    valueType: null,
    memberCount: 1,
    join: notAllOf,
    summary: "True when its one condition is false; an error stays an error.",
    example: {
      condition: { function: "not", conditions: [isManager] },
      trueFor: { ext_role: "member" },
      falseFor: { ext_role: "manager" },
    },
  },
};
