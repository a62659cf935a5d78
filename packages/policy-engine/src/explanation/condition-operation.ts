import type { LeafFunctionName } from "../document/policy-document.js";

/** A function's name without the type it compares at: `equal` of `string_equal`. */
export interface ConditionOperation {
  /** The type; absent for functions of no or only one type, whose operation is their whole name. */
  readonly type?: string;
  /** The rest. */
  readonly operation: string;
}

const typed = /^(string|integer|double|boolean|date|time|datetime|ip|email)_(.+)$/;

/** Takes a function's name apart. */
export function operationOf(name: LeafFunctionName): ConditionOperation {
  const [, type, operation] = typed.exec(name) ?? [];
  return type === undefined || operation === undefined ? { operation: name } : { type, operation };
}
