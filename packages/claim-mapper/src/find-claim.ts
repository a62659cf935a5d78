import { type ClaimPath, type PathSegment, renderSegment } from "./claim-path.js";
import { isObject, type OwnProperty, readOwn } from "./own-property.js";

/** Where following a path ended. */
export interface ClaimLookup {
  /** The claim; `undefined` when the path leads nowhere or to `null`. */
  readonly claim: unknown;
  /** The steps that did resolve, from the top; empty when not even the first did. */
  readonly resolved: readonly string[];
  /** What the last of them holds; the claims themselves when none resolved. */
  readonly reached: unknown;
}

/** Tries every way in order; when none leads to a claim, the one that came deepest is told of. */
export function findClaim(paths: readonly ClaimPath[], claims: unknown): ClaimLookup {
  const lookups: ClaimLookup[] = [];
  for (const path of paths) {
    const lookup = followPath(path, claims);
    if (lookup.claim !== undefined) {
      return lookup;
    }
    lookups.push(lookup);
  }
  return deepestOf(lookups) ?? { claim: undefined, resolved: [], reached: claims };
}

/** Follows a path through own properties of objects and elements of arrays; inherited names are not entered. */
function followPath({ literal, segments }: ClaimPath, claims: unknown): ClaimLookup {
  const whole = literal === undefined ? undefined : readOwn(claims, literal);
  return whole === undefined || literal === undefined
    ? walk(segments, claims)
    : toLookup(whole.value, [literal]);
}

function walk(segments: readonly PathSegment[], from: unknown): ClaimLookup {
  const resolved: string[] = [];
  let reached = from;
  for (const segment of segments) {
    if (segment.kind === "wildcard") {
      return walkAll(segments.slice(resolved.length + 1), reached, resolved);
    }
    const next = step(segment, reached);
    if (next === undefined) {
      return { claim: undefined, resolved, reached };
    }
    resolved.push(renderSegment(segment));
    reached = next.value;
  }
  return toLookup(reached, resolved);
}

/**
 * Collects what every branch leads to, lists merged, into one list. A branch that leads nowhere adds nothing, and
 * where all of them do the claim is missing. Nothing to enter gives the empty list: someone without roles has none.
 */
function walkAll(
  rest: readonly PathSegment[],
  from: unknown,
  before: readonly string[],
): ClaimLookup {
  const children = childrenOf(from);
  if (children === undefined) {
    return { claim: undefined, resolved: before, reached: from };
  }
  const lookups = children.map((child) => walk(rest, child));
  const found = lookups.flatMap(({ claim }) => (claim === undefined ? [] : claim));
  const deepest = deepestOf(lookups);
  const isMissing = deepest !== undefined && lookups.every(({ claim }) => claim === undefined);
  const resolved = [...before, "*", ...(deepest?.resolved ?? [])];
  return isMissing
    ? { claim: undefined, resolved, reached: deepest.reached }
    : { claim: found, resolved, reached: found };
}

function step(
  segment: Exclude<PathSegment, { kind: "wildcard" }>,
  from: unknown,
): OwnProperty | undefined {
  if (segment.kind === "name") {
    return readOwn(from, segment.name);
  }
  return Array.isArray(from) && segment.index < from.length
    ? { value: from[segment.index] as unknown }
    : undefined;
}

function childrenOf(from: unknown): readonly unknown[] | undefined {
  if (Array.isArray(from)) {
    return from;
  }
  return isObject(from) ? Object.keys(from).map((name) => readOwn(from, name)?.value) : undefined;
}

function toLookup(reached: unknown, resolved: readonly string[]): ClaimLookup {
  return { claim: reached === null ? undefined : reached, resolved, reached };
}

function deepestOf(lookups: readonly ClaimLookup[]): ClaimLookup | undefined {
  return lookups.reduce<ClaimLookup | undefined>(
    (deepest, lookup) =>
      deepest === undefined || lookup.resolved.length > deepest.resolved.length ? lookup : deepest,
    undefined,
  );
}
