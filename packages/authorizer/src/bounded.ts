import type { ConditionError } from "@byot/policy-engine";

/** The most rules, condition errors and missing attributes that a decision names, each. */
export const mostNamed = 32;

/**
 * The first of a list. Policies can hold ten thousand rules, and a decision that named all of those would let anyone
 * with a token fill the log.
 */
export function bounded<Item>(items: readonly Item[]): readonly Item[] {
  return items.length <= mostNamed ? items : items.slice(0, mostNamed);
}

/** The first condition errors, those before the others that could change the answer. */
export function boundedErrors(errors: readonly ConditionError[]): readonly ConditionError[] {
  if (errors.length <= mostNamed) {
    return errors;
  }
  const decisive = errors.filter((error) => error.decisive);
  return bounded([...decisive, ...errors.filter((error) => !error.decisive)]);
}
