import type { AttributeSlot, SlotTable } from "../conditions/attribute-slots.js";
import type { CompiledGroup } from "../conditions/compiled-condition.js";
import type { LeafCondition } from "../document/policy-document.js";
import { scalarTypes } from "../values/scalar-types.js";
import { comparesWithLiteral } from "./access-predicate.js";
import type { Bound } from "./interval-tree.js";

/** The numbers a conjunction can be true for, perhaps among others: from `low` to `high`, both included. */
export interface Bounds {
  /** The lowest, or minus infinity. */
  readonly low: Bound;
  /** The highest, or infinity. */
  readonly high: Bound;
}

/** A conjunction that holds only where the attribute lies within bounds. */
export interface BoundsAccess {
  /** The attribute. */
  readonly slot: AttributeSlot<Bound>;
  /** The bounds. */
  readonly bounds: Bounds;
}

const everywhere: Bounds = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

const from = (low: Bound): Bounds => ({ ...everywhere, low });
const upTo = (high: Bound): Bounds => ({ ...everywhere, high });

// A strict bound is taken as if it were not: a candidate more is asked, none is lost.
const boundsByFunction: ReadonlyMap<string, (value: Bound) => Bounds> = new Map([
  ["integer_greater_than", from],
  ["integer_greater_equal", from],
  ["integer_less_than", upTo],
  ["integer_less_equal", upTo],
]);

/** The tightest bounds a conjunction puts on an attribute; `undefined` when it puts none. */
export function boundsAccess(
  { members }: CompiledGroup,
  slots: SlotTable,
): BoundsAccess | undefined {
  const bySlot = new Map<number, BoundsAccess>();
  for (const member of members) {
    const found = member.kind === "leaf" ? boundsOfLeaf(member.source) : undefined;
    if (member.kind === "leaf" && found !== undefined) {
      const slot = slots.slot(scalarTypes.integer, member.source);
      const bounds = intersect(bySlot.get(slot.index)?.bounds ?? everywhere, found);
      bySlot.set(slot.index, { slot, bounds });
    }
  }
  const accesses = [...bySlot.values()];
  return accesses.find(({ bounds }) => isClosed(bounds)) ?? accesses[0];
}

function boundsOfLeaf(condition: LeafCondition): Bounds | undefined {
  const toBounds = boundsByFunction.get(condition.function);
  if (toBounds === undefined || !comparesWithLiteral(condition)) {
    return undefined;
  }
  const reading = scalarTypes.integer.read(condition.value);
  return reading.state === "read" ? toBounds(reading.value) : undefined;
}

function intersect(a: Bounds, b: Bounds): Bounds {
  return { low: a.low > b.low ? a.low : b.low, high: a.high < b.high ? a.high : b.high };
}

function isClosed({ low, high }: Bounds): boolean {
  return low !== everywhere.low && high !== everywhere.high;
}
