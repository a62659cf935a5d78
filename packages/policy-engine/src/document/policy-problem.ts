/** What is wrong with a policy document. */
export type PolicyProblemCode =
  | "UNKNOWN_FUNCTION"
  | "UNKNOWN_PROPERTY"
  | "PROPERTY_REQUIRED"
  | "PROPERTY_TYPE"
  | "PROPERTY_VALUE"
  | "VALUE_REQUIRED"
  | "VALUE_TYPE"
  | "UNSAFE_INTEGER"
  | "REGEX_UNSUPPORTED"
  | "UNKNOWN_TIME_ZONE"
  | "TYPE_MISMATCH"
  | "CARDINALITY"
  | "METADATA_KEY_REQUIRED"
  | "DUPLICATE_RULE_ID"
  | "TEXT_INVALID"
  | "LIMIT_EXCEEDED";

/** One thing that is wrong with a policy document. */
export interface PolicyProblem {
  /** Where, as a JSON pointer (RFC 6901); the empty string is the whole document. */
  readonly path: string;
  /** What kind of thing; stable. */
  readonly code: PolicyProblemCode;
  /** What is wrong, in one line for people. */
  readonly message: string;
  /** What was probably meant, such as the nearest function name. */
  readonly suggestion?: string;
}

/** Property names and array indexes from the root of a document. */
export type DocumentPath = readonly PropertyKey[];

/** A problem before its path is written as a pointer. */
export interface LocatedProblem extends Omit<PolicyProblem, "path"> {
  /** Where. */
  readonly path: DocumentPath;
}

/** The most problems that are reported for one document. */
export const maximumProblems = 100;

/** Writes the path of a problem as a JSON pointer. */
export function withPointer<Located extends { readonly path: DocumentPath }>({
  path,
  ...rest
}: Located): Omit<Located, "path"> & { readonly path: string } {
  return { path: path.map((segment) => `/${escapeSegment(String(segment))}`).join(""), ...rest };
}

/** Input as it may stand between backticks in a one-line message: control characters escaped, at most 60 characters. */
export function quote(input: string): string {
  const line = JSON.stringify(input.slice(0, 60)).slice(1, -1);
  return `\`${line}${input.length > 60 ? "…" : ""}\``;
}

// RFC 6901 section 3: `~` first, so that the `~1` made from a slash is not escaped again.
function escapeSegment(segment: string): string {
  return segment.replaceAll("~", "~0").replaceAll("/", "~1");
}
