import type { LeafCondition, OnMissing } from "../document/policy-document.js";
import { attributeLabel } from "./attribute-reference.js";
import { isPresent, type Resolution, resolveSlot, type SlotTable } from "./attribute-slots.js";
import type { CompiledLeaf, LeafFailure } from "./compiled-condition.js";
import type { FunctionDescription } from "./function-description.js";
import type { Truth } from "./truth.js";
import { type Reading, valueReaders, type ValueTypeName, type ValueTypes } from "./value-types.js";

/** A condition function on one attribute: its description, and how it is checked and evaluated. */
export interface LeafFunction extends FunctionDescription {
  /** Reads the literal of a condition at the type this function needs; `undefined` when it takes none. */
  readonly readValue?: (value: unknown) => Reading<unknown>;
  /** @throws TypeError when the condition did not come out of `parsePolicy`. */
  readonly compile: (condition: LeafCondition, slots: SlotTable) => CompiledLeaf;
}

type ComparisonParts<Attribute extends ValueTypeName, Value extends ValueTypeName> = Omit<
  FunctionDescription,
  "attributeType" | "valueType"
> & {
  readonly attributeType: Attribute;
  readonly valueType: Value;
  readonly holds: (actual: ValueTypes[Attribute], expected: ValueTypes[Value]) => boolean;
};

const truthWhenMissing = {
  error: "E",
  false: "F",
  true: "T",
} as const satisfies Record<OnMissing, Truth>;

/** A function that compares the attribute with the literal. */
export function comparison<Attribute extends ValueTypeName, Value extends ValueTypeName>(
  parts: ComparisonParts<Attribute, Value>,
): LeafFunction {
  const { holds, ...description } = parts;
  const readValue = valueReaders[parts.valueType];
  return {
    ...description,
    readValue,
    compile(condition, slots) {
      const expected = readValue(condition.value);
      if (expected.state === "failed") {
        throw new TypeError(`\`${condition.function}\` has a value of another type`);
      }
      const slot = slots.slot(parts.attributeType, condition);
      const whenMissing = truthWhenMissing[condition.on_missing ?? "error"];
      const truthOf = (resolution: Resolution<ValueTypes[Attribute]>): Truth =>
        resolution.state === "read"
          ? toTruth(holds(resolution.value, expected.value))
          : truthWithout(resolution, whenMissing);
      return {
        kind: "leaf",
        evaluate: (request) => truthOf(resolveSlot(slot, request)),
        explainError(request) {
          const resolution = resolveSlot(slot, request);
          return resolution.state !== "read" && truthOf(resolution) === "E"
            ? explain(resolution, attributeLabel(condition), parts.attributeType)
            : undefined;
        },
      };
    },
  };
}

/** A function that only asks whether the attribute is there; it always has an answer. */
export function existence(
  description: Omit<FunctionDescription, "attributeType" | "valueType">,
): LeafFunction {
  return {
    ...description,
    attributeType: "any",
    valueType: null,
    compile: (condition) => ({
      kind: "leaf",
      evaluate: (request) => toTruth(isPresent(condition, request.attributes)),
      explainError: () => undefined,
    }),
  };
}

type Unread = Exclude<Resolution<never>, { readonly state: "read" }>;

function toTruth(holds: boolean): Truth {
  return holds ? "T" : "F";
}

// SECURITY: only absence can be excused. A value that is there but ill-typed is an error, always.
function truthWithout(resolution: Unread, whenMissing: Truth): Truth {
  return resolution.state === "missing" ? whenMissing : "E";
}

function explain(resolution: Unread, attribute: string, expected: string): LeafFailure {
  return resolution.state === "missing"
    ? { code: "missing_attribute", attribute, expected }
    : { code: resolution.code, attribute, expected, actual: resolution.actual };
}
