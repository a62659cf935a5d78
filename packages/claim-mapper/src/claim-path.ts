/** One step of a path. */
export type PathSegment =
  | {
      /** Into the property of an object. */
      readonly kind: "name";
      /** The property's name. */
      readonly name: string;
    }
  | {
      /** Into the element of an array. */
      readonly kind: "index";
      /** The element's position, counted from 0. */
      readonly index: number;
    }
  | {
      /** Into every value of an object or every element of an array. */
      readonly kind: "wildcard";
    };

/** One way to a claim, ready to be followed. */
export interface ClaimPath {
  /** The name of a claim that is looked for first, as a whole; absent where names were listed. */
  readonly literal?: string;
  /** The steps, taken when there is no such claim. */
  readonly segments: readonly PathSegment[];
}

/** One way to a claim as configuration writes it: a path, or a list of names without any syntax. */
export type ClaimPathAlternative = string | readonly string[];

/** Where a claim is, as configuration writes it: one way, or several that are tried in order. */
export type ClaimPathSource =
  | ClaimPathAlternative
  | {
      /** 1–8 ways; the first that leads to a claim decides, whether or not that claim is usable. */
      readonly anyOf: readonly ClaimPathAlternative[];
    };

/** The most steps a path may have. */
export const maximumSegments = 8;

/** The most alternatives one mapping may have. */
export const maximumAlternatives = 8;

/** The longest path, and the longest name in a list of names, in characters. */
export const maximumPathLength = 256;

/** The ways a source names, in the order they are tried. */
export function alternativesOf(source: ClaimPathSource): readonly ClaimPathAlternative[] {
  return typeof source === "object" && "anyOf" in source ? source.anyOf : [source];
}

/** Writes a step as a path would. */
export function renderSegment(segment: PathSegment): string {
  if (segment.kind === "name") {
    return segment.name;
  }
  return segment.kind === "index" ? `[${segment.index}]` : "*";
}

/** Writes a source in one line for people: `azp` or `["realm access","roles"]` or `azp | client_id`. */
export function renderPathSource(source: ClaimPathSource): string {
  return alternativesOf(source)
    .map((way) => (typeof way === "string" ? way : JSON.stringify(way)))
    .join(" | ");
}
