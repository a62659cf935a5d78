import type { LeafCondition } from "../document/policy-document.js";
import { defaultTimeZone, isCurrentTime } from "./local-clock.js";
import { leafFunctions } from "./leaf-functions.js";

/** Lets a condition that asks the clocks of some place, and does not say of which, ask those of a zone. */
export function assumeTimeZone(condition: LeafCondition, zone: string): LeafCondition {
  if (zone === defaultTimeZone) {
    return condition;
  }
  if (condition.function === "schedule_match") {
    return assumeInWindows(condition, zone);
  }
  return condition.time_zone === undefined && asksClock(condition)
    ? { ...condition, time_zone: zone }
    : condition;
}

// On other attributes a named zone means more than whose clocks count: it lets them be date-times.
function asksClock(condition: LeafCondition): boolean {
  const { function: name, value_from: reference } = condition;
  return (
    leafFunctions[name].options.includes("time_zone") &&
    (name === "day_of_week_in" ||
      isCurrentTime(condition) ||
      (reference !== undefined && isCurrentTime(reference)))
  );
}

function assumeInWindows(condition: LeafCondition, zone: string): LeafCondition {
  const { value } = condition;
  return Array.isArray(value)
    ? { ...condition, value: value.map((window) => ({ time_zone: zone, ...window })) }
    : condition;
}
