import {
  type ClaimPath,
  type ClaimPathAlternative,
  maximumSegments,
  type PathSegment,
} from "./claim-path.js";

/** A path that was read, or what is wrong with it: one line that completes `jwtPath …`. */
export type ParsedPath =
  { readonly ok: true; readonly value: ClaimPath } | { readonly ok: false; readonly error: string };

/**
 * Reads one way to a claim, so that each token costs the walk alone.
 *
 * The syntax of a text: names with dots between, `\` before a dot, a bracket, a star or a backslash that belongs to a
 * name, `["any name"]`, `[0]` for an element of an array, and `*` alone for all of them.
 */
export function parseClaimPath(way: ClaimPathAlternative): ParsedPath {
  if (typeof way !== "string") {
    return limited({ segments: way.map((name) => ({ kind: "name", name })) });
  }
  const segments = readSegments(way);
  return typeof segments === "string"
    ? { ok: false, error: segments }
    : limited({ literal: way, segments });
}

function limited(path: ClaimPath): ParsedPath {
  return path.segments.length > maximumSegments
    ? { ok: false, error: `must have at most ${maximumSegments} segments` }
    : { ok: true, value: path };
}

interface Token {
  readonly segment: PathSegment;
  readonly end: number;
}

type TokenReader = (text: string, at: number) => Token | undefined;

const wildcardToken = tokenReader(/\*(?=[.[]|$)/y, () => ({ kind: "wildcard" }));
const nameToken = tokenReader(/(?:[^.[\]\\*]|\\[.[\]\\*])+/y, ([name]) => ({
  kind: "name",
  name: name.replaceAll(/\\(.)/g, "$1"),
}));
const indexToken = tokenReader(/\[(0|[1-9]\d{0,3})\]/y, ([, digits]) => ({
  kind: "index",
  index: Number(digits),
}));
const quotedToken = tokenReader(/\["((?:[^"\\]|\\["\\])*)"\]/y, ([, quoted = ""]) => ({
  kind: "name",
  name: quoted.replaceAll(/\\(.)/g, "$1"),
}));

const bracketed: readonly TokenReader[] = [indexToken, quotedToken];
const plain: readonly TokenReader[] = [wildcardToken, nameToken];

function tokenReader(
  pattern: RegExp,
  toSegment: (match: RegExpExecArray) => PathSegment,
): TokenReader {
  return (text, at) => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    return match === null ? undefined : { segment: toSegment(match), end: pattern.lastIndex };
  };
}

function readSegments(text: string): readonly PathSegment[] | string {
  const segments: PathSegment[] = [];
  let at = 0;
  while (at < text.length || at === 0) {
    const isDot = at > 0 && text[at] === ".";
    const start = isDot ? at + 1 : at;
    const token = readFirst(readersFor(at, isDot), text, start);
    if (token === undefined) {
      return describeFault(text, start);
    }
    segments.push(token.segment);
    at = token.end;
  }
  return segments;
}

/** At the start anything goes, after a dot no bracket, and elsewhere a bracket alone. */
function readersFor(at: number, isDot: boolean): readonly TokenReader[] {
  if (at === 0) {
    return [...bracketed, ...plain];
  }
  return isDot ? plain : bracketed;
}

function readFirst(readers: readonly TokenReader[], text: string, at: number): Token | undefined {
  for (const read of readers) {
    const token = read(text, at);
    if (token !== undefined) {
      return token;
    }
  }
  return undefined;
}

const faults: Readonly<Record<string, string>> = {
  ".": 'has an empty name; write `[""]` for a claim that has one',
  "*": "has a `*` that is part of a name; `*` stands alone between dots, and `\\*` is a plain star",
  "[": 'has a bracket that is neither `[0]` nor `["name"]`; `\\[` is a plain bracket',
  "]": "has a `]` without its `[`; `\\]` is a plain bracket",
  "\\": "has a `\\` before something other than `.`, `[`, `]`, `*` or `\\`",
};

function describeFault(text: string, at: number): string {
  const character = text[at] ?? ".";
  const fault = Object.hasOwn(faults, character) ? faults[character] : undefined;
  return `${fault ?? "lacks a dot after a bracket"} (at character ${at + 1})`;
}
