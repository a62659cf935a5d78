import { leafFunctions } from "../conditions/leaf-functions.js";
import { isCurrentTime } from "../conditions/local-clock.js";
import type { LeafCondition } from "../document/policy-document.js";
import { quote } from "../document/policy-problem.js";
import { parseIpRange } from "../values/ip-address.js";
import { hint, type LocatedFinding, type PolicyHintCode } from "./finding.js";
import type { Placed } from "./walk-conditions.js";

/** What is worth a look in how a literal is written. */
export function findLiteralHints({ condition, path }: Placed<LeafCondition>): LocatedFinding[] {
  const place = [...path, "value"];
  const { valueType } = leafFunctions[condition.function];
  const texts = textsIn(condition.value);
  const [text = ""] = texts;
  return [
    ...texts.flatMap((each) =>
      spellings
        .filter(({ isOdd }) => isOdd(each))
        .map(({ code, says }) => hint(code, place, `${quote(each)} ${says}`)),
    ),
    ...(valueType === "regular_expression" && !isAnchored(text)
      ? [hint("REGEX_UNANCHORED", place, `${quote(text)} is found anywhere in a longer text`)]
      : []),
    ...(valueType === "like_pattern" && /[\p{L}\p{N}]\*$/u.test(text)
      ? [
          hint(
            "LIKE_PREFIX_COLLISION",
            place,
            `${quote(text)} also matches longer names of the kind`,
          ),
        ]
      : []),
    ...(valueType === "cidr_list" ? texts.flatMap((range) => hostBits(range, place)) : []),
    ...findDefaultedZones({ condition, path }),
  ];
}

interface Spelling {
  readonly code: PolicyHintCode;
  readonly isOdd: (text: string) => boolean;
  readonly says: string;
}

const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];

const spellings: readonly Spelling[] = [
  {
    code: "NOT_NFC",
    isOdd: (text) => text !== text.normalize("NFC"),
    says: "is not in Unicode normal form C, and equals no text that is",
  },
  {
    code: "BIDI_CONTROL",
    isOdd: (text) => /\p{Bidi_Control}/u.test(text),
    says: "holds characters that change the direction in which it is shown",
  },
  {
    code: "MIXED_SCRIPT",
    isOdd: (text) =>
      text
        .split(/[^\p{L}\p{M}]+/u)
        .some((word) => scripts.filter((script) => script.test(word)).length > 1),
    says: "mixes letters of different scripts that look alike",
  },
];

// Windows of schedules hold names of days, times and zones, which have been checked one by one.
function textsIn(value: LeafCondition["value"]): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((each) => typeof each === "string");
}

// An alternative outside of parentheses has only one of its ends tied.
function isAnchored(pattern: string): boolean {
  const bare = pattern.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/gs, "_");
  let depth = 0;
  for (const character of bare) {
    depth += character === "(" ? 1 : 0;
    depth -= character === ")" ? 1 : 0;
    if (character === "|" && depth === 0) {
      return false;
    }
  }
  return /^(?:\(\?[a-zA-Z]+\))?(?:\^|\\A)/.test(pattern) && /(?:\$$|\\z$)/.test(pattern);
}

function hostBits(range: string, path: LocatedFinding["path"]): LocatedFinding[] {
  return parseIpRange(range)?.hasHostBits === true
    ? [
        hint(
          "CIDR_HOST_BITS",
          path,
          `${quote(range)} has bits beyond its prefix, which do not count`,
        ),
      ]
    : [];
}

function findDefaultedZones({ condition, path }: Placed<LeafCondition>): LocatedFinding[] {
  const { function: name, value, value_from: reference } = condition;
  const message = "no `time_zone` is given, so the clocks of the workspace count, UTC by default";
  if (name === "schedule_match" && Array.isArray(value)) {
    return value.flatMap((window: unknown, index) =>
      typeof window === "object" && window !== null && !Object.hasOwn(window, "time_zone")
        ? [hint("TIME_ZONE_DEFAULTED", [...path, "value", index], message)]
        : [],
    );
  }
  const takesZone = leafFunctions[name].options.includes("time_zone");
  const readsClock =
    name === "day_of_week_in" ||
    isCurrentTime(condition) ||
    (reference !== undefined && isCurrentTime(reference));
  return takesZone && readsClock && condition.time_zone === undefined
    ? [hint("TIME_ZONE_DEFAULTED", path, message)]
    : [];
}
