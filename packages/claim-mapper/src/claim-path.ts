/** A `jwtPath` ready to be followed. */
export interface ClaimPath {
  /** The whole text, tried first as the name of a claim. */
  readonly literal: string;
  /** The names on the way, followed when there is no such claim. */
  readonly segments: readonly string[];
}

/** Where following a path ended. */
export interface ClaimLookup {
  /** The claim; `undefined` when the path leads nowhere or to `null`. */
  readonly claim: unknown;
  /** The names that did resolve, from the top; empty when not even the first did. */
  readonly resolved: readonly string[];
  /** What the last of them holds; the claims themselves when none resolved. */
  readonly reached: unknown;
}

/** The most names a path may have. */
export const maximumSegments = 8;

/** Splits a path once, so that each token costs the walk alone. */
export function parseClaimPath(text: string): ClaimPath {
  return { literal: text, segments: text.split(".") };
}

/** What keeps a text from being a path, for people; `undefined` when nothing does. */
export function findPathProblem(text: string): string | undefined {
  const { segments } = parseClaimPath(text);
  if (segments.includes("")) {
    return "must not have an empty name between dots";
  }
  if (segments.length > maximumSegments) {
    return `must have at most ${maximumSegments} names between dots`;
  }
  if (/\p{Cc}|\p{Surrogate}/u.test(text)) {
    return "must not have control characters or half a surrogate pair";
  }
  // These are kept free: they will stand for escapes, indexes and wildcards.
  return segments.includes("*") || /[\\[\]]/.test(text)
    ? "must not use `*`, `[`, `]` or `\\`"
    : undefined;
}

/** Follows a path through own properties of objects; arrays and inherited names are not entered. */
export function findClaim({ literal, segments }: ClaimPath, claims: unknown): ClaimLookup {
  const whole = readOwn(claims, literal);
  return whole === undefined ? walk(segments, claims) : toLookup(whole.value, [literal]);
}

function walk(segments: readonly string[], claims: unknown): ClaimLookup {
  let reached = claims;
  for (const [index, segment] of segments.entries()) {
    const property = readOwn(reached, segment);
    if (property === undefined) {
      return { claim: undefined, resolved: segments.slice(0, index), reached };
    }
    reached = property.value;
  }
  return toLookup(reached, segments);
}

function toLookup(reached: unknown, resolved: readonly string[]): ClaimLookup {
  return { claim: reached === null ? undefined : reached, resolved, reached };
}

// SECURITY: the descriptor is asked for, so that `__proto__` and `constructor` are names like any other.
function readOwn(source: unknown, name: string): { readonly value: unknown } | undefined {
  if (typeof source !== "object" || source === null || Array.isArray(source)) {
    return undefined;
  }
  const property = Object.getOwnPropertyDescriptor(source, name);
  return property === undefined ? undefined : { value: property.value };
}
