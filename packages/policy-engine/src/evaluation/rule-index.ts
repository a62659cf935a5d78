import {
  type AttributeSlot,
  type ResolvedRequest,
  valueOfSlot,
  type SlotTable,
} from "../conditions/attribute-slots.js";
import { type AccessKey, type EqualityAccess, equalityAccess } from "./access-predicate.js";
import { boundsAccess } from "./bounds-access.js";
import type { PlacedRule } from "./compiled-policy.js";
import { type Bound, type Interval, IntervalTree } from "./interval-tree.js";

/** Finds the rules of a list that a request may meet. */
export interface RuleIndex {
  /** Hands over every rule that may not be false, none twice, in no order. */
  readonly visit: (request: ResolvedRequest, visitor: RuleVisitor) => void;
}

/** Takes some rules of an index. */
export type RuleVisitor = (rules: readonly PlacedRule[]) => void;

/** An index, and the rules it does not cover. */
export interface IndexedRules {
  /** The index; absent when it would cover nothing. */
  readonly index: RuleIndex | undefined;
  /** The others, in order. */
  readonly rest: readonly PlacedRule[];
}

/** Every rule under the values that one of its conditions needs. */
interface Buckets {
  readonly slot: EqualityAccess["slot"];
  readonly byKey: Map<AccessKey, PlacedRule[]>;
  readonly all: PlacedRule[];
}

/** Indexes rules that need an attribute to have, or to hold, one of some values. */
export function indexByValue(rules: readonly PlacedRule[], slots: SlotTable): IndexedRules {
  const accesses = rules.map((placed) => equalityAccess(placed.rule.condition, slots));
  const sizes = countBuckets(accesses.flat());
  const buckets = new Map<number, Buckets>();
  const rest = rules.filter((placed, index) => {
    const access = smallestBucket(accesses[index] ?? [], sizes);
    if (access !== undefined) {
      addToBuckets(buckets, access, placed);
    }
    return access === undefined;
  });
  return { index: buckets.size === 0 ? undefined : visitBuckets([...buckets.values()]), rest };
}

function countBuckets(accesses: readonly EqualityAccess[]): Map<number, Map<AccessKey, number>> {
  const sizes = new Map<number, Map<AccessKey, number>>();
  for (const { slot, keys } of accesses) {
    const byKey = sizes.get(slot.index) ?? new Map<AccessKey, number>();
    sizes.set(slot.index, byKey);
    for (const key of keys) {
      byKey.set(key, (byKey.get(key) ?? 0) + 1);
    }
  }
  return sizes;
}

function smallestBucket(
  accesses: readonly EqualityAccess[],
  sizes: ReadonlyMap<number, ReadonlyMap<AccessKey, number>>,
): EqualityAccess | undefined {
  const sizeOf = ({ slot, keys }: EqualityAccess) =>
    keys.reduce<number>((most, key) => Math.max(most, sizes.get(slot.index)?.get(key) ?? 0), 0);
  const sized = accesses.map((access) => ({ access, size: sizeOf(access) }));
  return sized.toSorted((a, b) => a.size - b.size)[0]?.access;
}

function addToBuckets(
  buckets: Map<number, Buckets>,
  { slot, keys }: EqualityAccess,
  placed: PlacedRule,
): void {
  const own: Buckets = buckets.get(slot.index) ?? { slot, byKey: new Map(), all: [] };
  buckets.set(slot.index, own);
  own.all.push(placed);
  for (const key of keys) {
    const bucket = own.byKey.get(key) ?? [];
    bucket.push(placed);
    own.byKey.set(key, bucket);
  }
}

function visitBuckets(buckets: readonly Buckets[]): RuleIndex {
  return {
    visit(request, visitor) {
      for (const each of buckets) {
        visitBucket(each, request, visitor);
      }
    },
  };
}

// SECURITY: a key that is missing or ill-typed makes errors, not answers of "false": every rule counts.
function visitBucket(
  { slot, byKey, all }: Buckets,
  request: ResolvedRequest,
  visitor: RuleVisitor,
): void {
  const value = valueOfSlot(slot, request);
  if (value === undefined) {
    visitor(all);
  } else if (typeof value === "object") {
    visitor(rulesUnder(value, byKey));
  } else {
    visitor(byKey.get(value) ?? []);
  }
}

// A rule that accepts several values stands under each of them, and may be met more than once.
function rulesUnder(
  keys: ReadonlySet<AccessKey>,
  byKey: ReadonlyMap<AccessKey, readonly PlacedRule[]>,
): readonly PlacedRule[] {
  const found = new Set<PlacedRule>();
  for (const key of keys) {
    for (const placed of byKey.get(key) ?? []) {
      found.add(placed);
    }
  }
  return [...found];
}

/** Indexes rules that need a number to lie within bounds. */
export function indexByBounds(rules: readonly PlacedRule[], slots: SlotTable): IndexedRules {
  const bySlot = new Map<number, { slot: NumberSlot; intervals: Interval<PlacedRule>[] }>();
  const rest = rules.filter((placed) => {
    const access = boundsAccess(placed.rule.condition, slots);
    if (access !== undefined) {
      const own = bySlot.get(access.slot.index) ?? { slot: access.slot, intervals: [] };
      bySlot.set(access.slot.index, own);
      own.intervals.push({ ...access.bounds, value: placed });
    }
    return access === undefined;
  });
  const trees = Array.from(bySlot.values(), ({ slot, intervals }) => ({
    slot,
    all: intervals.map(({ value }) => value),
    tree: new IntervalTree(intervals),
  }));
  return { index: trees.length === 0 ? undefined : visitTrees(trees), rest };
}

type NumberSlot = AttributeSlot<Bound>;

interface SlotTree {
  readonly slot: NumberSlot;
  readonly all: readonly PlacedRule[];
  readonly tree: IntervalTree<PlacedRule>;
}

function visitTrees(trees: readonly SlotTree[]): RuleIndex {
  return {
    visit(request, visitor) {
      for (const { slot, all, tree } of trees) {
        const value = valueOfSlot(slot, request);
        visitor(value === undefined ? all : tree.containing(value));
      }
    },
  };
}
