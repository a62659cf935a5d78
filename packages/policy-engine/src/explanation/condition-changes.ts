import type { Atom, CompiledCondition, CompiledGroup } from "../conditions/compiled-condition.js";
import type { ResolvedRequest } from "../conditions/attribute-slots.js";
import type { GroupFunctionName } from "../document/policy-document.js";

/** An answer one can wish for. */
export type Wish = "T" | "F";

/** Conditions whose answers would have to be others, by where they stand. */
export type Changes = ReadonlyMap<Atom, Change>;

/** One condition that would have to answer otherwise. */
export interface Change {
  /** The condition. */
  readonly atom: Atom;
  /** The rule or target it stands in. */
  readonly owner: ChangeOwner;
  /** Where it stands there, such as `conditions/0`. */
  readonly path: string;
  /** What it would have to answer. */
  readonly wish: Wish;
}

/** The rule a condition stands in, or the policy whose target it stands in. */
export interface ChangeOwner {
  /** The policy's id. */
  readonly policyId: string;
  /** The rule's id; `null` for the target. */
  readonly ruleId: string | null;
}

/** What is wished for, and where. */
export type Place = Omit<Change, "atom">;

/** How many members a group needs to answer what. */
interface Need {
  readonly count: number;
  readonly wish: Wish;
}

/** What a group of `size` members needs for the answer wished for; `n` is that of `at_least`. */
const needs: Readonly<Record<GroupFunctionName, (wish: Wish, size: number, n: number) => Need>> = {
  all_of: (wish, size) => ({ wish, count: wish === "T" ? size : 1 }),
  any_of: (wish, size) => ({ wish, count: wish === "T" ? 1 : size }),
  none_of: (wish, size) => ({ wish: opposite(wish), count: wish === "T" ? size : 1 }),
  not: (wish) => ({ wish: opposite(wish), count: 1 }),
  at_least: (wish, size, n) => ({ wish, count: wish === "T" ? n : size + 1 - n }),
};

/**
 * The fewest conditions that would have to answer otherwise for all members of a group to be joined to the
 * answer wished for; `undefined` when no answers would do.
 */
export function changesOfMembers(
  { members, source, evaluate }: CompiledGroup,
  place: Place,
  request: ResolvedRequest,
): Changes | undefined {
  if (evaluate(request) === place.wish) {
    return new Map();
  }
  const { count, wish } = needs[source.function](place.wish, members.length, source.n ?? 0);
  const possible = members
    .map((member, index) =>
      changesOf(member, { ...place, wish, path: `${place.path}/${index}` }, request),
    )
    .filter((changes) => changes !== undefined)
    .toSorted((a, b) => a.size - b.size);
  return possible.length < count ? undefined : mergeChanges(possible.slice(0, count));
}

function changesOf(
  condition: CompiledCondition,
  place: Place,
  request: ResolvedRequest,
): Changes | undefined {
  if (condition.kind === "group") {
    return changesOfMembers(condition, { ...place, path: `${place.path}/conditions` }, request);
  }
  return condition.evaluate(request) === place.wish
    ? new Map()
    : new Map([[condition, { ...place, atom: condition }]]);
}

/** All the changes together; `undefined` when two of them contradict each other. */
export function mergeChanges(all: readonly Changes[]): Changes | undefined {
  const merged = new Map<Atom, Change>();
  for (const change of all.flatMap((changes) => [...changes.values()])) {
    const known = merged.get(change.atom);
    if (known !== undefined && known.wish !== change.wish) {
      return undefined;
    }
    merged.set(change.atom, known ?? change);
  }
  return merged;
}

function opposite(wish: Wish): Wish {
  return wish === "T" ? "F" : "T";
}
