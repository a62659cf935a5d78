import type { InvalidAttribute } from "./attribute-value.js";

/** A change made to a claim before it is read. The list is closed. */
export type Transform =
  | "trim"
  | "lower_case"
  | "upper_case"
  | "nfc"
  | "first"
  | "unique"
  | `${"split" | "strip_prefix"}:${string}`;

/** The most transforms one mapping may have. */
export const maximumTransforms = 8;

const transformPattern =
  /^(?:trim|lower_case|upper_case|nfc|first|unique|split:.{1,32}|strip_prefix:.{1,256})$/su;

/** Whether a text names a transform. */
export function isTransform(text: string): text is Transform {
  return transformPattern.test(text);
}

/** A transform ready to be applied. `undefined` stands for a claim of which nothing is left. */
export type CompiledTransform = (claim: unknown) => unknown;

/** Reads a transform once. */
export function compileTransform(transform: Transform): CompiledTransform {
  const [name = "", argument = ""] = splitOnce(transform);
  const plain = Object.hasOwn(plainTransforms, name) ? plainTransforms[name] : undefined;
  return plain ?? textTransform(name === "split" ? splitter(argument) : stripper(argument));
}

/** Applies transforms in order, up to the first that cannot be. */
export function applyTransforms(transforms: readonly CompiledTransform[], claim: unknown): unknown {
  let current = claim;
  for (const transform of transforms) {
    if (current === undefined || isFailure(current)) {
      return current;
    }
    current = transform(current);
  }
  return current;
}

/** Whether the outcome of a transform stands for a failure; a claim of the same shape does not. */
export function isFailure(outcome: unknown): outcome is InvalidAttribute {
  return outcome === wrongType;
}

const wrongType: InvalidAttribute = Object.freeze({ invalid: "wrong_type" });

const plainTransforms: Readonly<Record<string, CompiledTransform>> = {
  trim: textTransform((text) => text.trim()),
  lower_case: textTransform((text) => text.toLowerCase()),
  upper_case: textTransform((text) => text.toUpperCase()),
  nfc: textTransform((text) => text.normalize("NFC")),
  first: (claim) => (Array.isArray(claim) ? firstOf(claim) : claim),
  unique: (claim) => (Array.isArray(claim) ? [...new Set<unknown>(claim)] : claim),
};

/** Of a text, or of every text of a list; a list that comes of one text joins the others. */
function textTransform(change: (text: string) => string | readonly string[]): CompiledTransform {
  return (claim) => {
    if (typeof claim === "string") {
      return change(claim);
    }
    return Array.isArray(claim) && claim.every((element) => typeof element === "string")
      ? claim.flatMap(change)
      : wrongType;
  };
}

/** Nothing between two separators is nothing: the scopes of `""` are none, not one without a name. */
function splitter(separator: string): (text: string) => readonly string[] {
  return (text) => text.split(separator).filter((piece) => piece !== "");
}

function stripper(prefix: string): (text: string) => string {
  return (text) => (text.startsWith(prefix) ? text.slice(prefix.length) : text);
}

function firstOf(claim: readonly unknown[]): unknown {
  return claim[0] ?? undefined;
}

function splitOnce(transform: string): readonly string[] {
  const colon = transform.indexOf(":");
  return colon === -1 ? [transform] : [transform.slice(0, colon), transform.slice(colon + 1)];
}
