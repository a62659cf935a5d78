import type { LeafFunctionName } from "../document/policy-document.js";
import { parseEmailPattern } from "../values/email-address.js";
import { readText } from "../values/reading.js";
import { parseRegularExpression } from "../values/regular-expression.js";
import { scalarTypes } from "../values/scalar-types.js";
import { parseLikePattern, type TextPattern } from "../values/text-pattern.js";
import { example } from "./example-values.js";
import { comparison, type LeafFunction } from "./leaf-function.js";

/** A comparison of two texts. */
interface TextComparison {
  readonly name: LeafFunctionName;
  readonly summary: string;
  readonly holds: (actual: string, expected: string) => boolean;
  readonly value: string;
  readonly trueFor: string;
  readonly falseFor: string;
}

const texts: readonly TextComparison[] = [
  {
    name: "string_equal_ignore_case",
    summary: "True when the attribute is equal to the value after both are put in lower case.",
    holds: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
    value: "Premium",
    trueFor: "PREMIUM",
    falseFor: "premium ",
  },
  {
    name: "string_starts_with",
    summary: "True when the attribute starts with the value.",
    holds: (actual, expected) => actual.startsWith(expected),
    value: "premium-",
    trueFor: "premium-yearly",
    falseFor: "not-premium-yearly",
  },
  {
    name: "string_ends_with",
    summary: "True when the attribute ends with the value.",
    holds: (actual, expected) => actual.endsWith(expected),
    value: "-yearly",
    trueFor: "premium-yearly",
    falseFor: "premium-yearly-trial",
  },
  {
    name: "string_contains",
    summary: "True when the value stands somewhere in the attribute.",
    holds: (actual, expected) => actual.includes(expected),
    value: "trial",
    trueFor: "premium-trial-30",
    falseFor: "premium",
  },
];

/** Functions on texts that no other type has. */
export const textFunctions: readonly LeafFunction[] = [
  ...texts.map(textComparison),
  likeFunction("string_like", true),
  likeFunction("string_not_like", false),
  comparison({
    name: "string_regexp_match",
    shape: "single",
    aliases: ["string_regex_match"],
    attributeType: "string",
    valueType: "regular_expression",
    attribute: scalarTypes.string,
    literal: {
      name: "regular_expression",
      read: (raw) => readText(raw, parseRegularExpression),
    },
    holds: matches,
    summary:
      "True when the pattern, in RE2 syntax, is found in the attribute; `^` and `$` tie it to the ends.",
    example: example(
      { function: "string_regexp_match", attribute: "ext_employee_id", value: "^E[0-9]{5}$" },
      "E12345",
      "E123456",
    ),
  }),
  comparison<string, (address: string) => boolean>({
    name: "email_match",
    shape: "single",
    aliases: [],
    attributeType: "email",
    valueType: "email_pattern",
    attribute: scalarTypes.email,
    literal: { name: "email_pattern", read: (raw) => readText(raw, parseEmailPattern) },
    dynamic: { name: "email_pattern", read: (raw) => readText(raw, parseEmailPattern) },
    holds: (actual, expected) => expected(actual),
    summary:
      "True when the address is the value, is in that domain, or is below it when the value starts with a dot.",
    example: example(
      { function: "email_match", attribute: "ext_email", value: "example.org" },
      "alice@EXAMPLE.org",
      "alice@mail.example.org",
    ),
  }),
];

function textComparison(parts: TextComparison): LeafFunction {
  const { name, summary, holds, value, trueFor, falseFor } = parts;
  return comparison({
    name,
    shape: "single",
    aliases: [],
    attributeType: "string",
    valueType: "string",
    attribute: scalarTypes.string,
    literal: scalarTypes.string,
    dynamic: scalarTypes.string,
    holds,
    summary,
    example: example({ function: name, attribute: "ext_plan", value }, trueFor, falseFor),
  });
}

function likeFunction(name: LeafFunctionName, sought: boolean): LeafFunction {
  const [main, release] = ["repo:acme/shop:ref:main", "repo:acme/tools:ref:main"];
  return comparison<string, TextPattern>({
    name,
    shape: "single",
    aliases: [],
    attributeType: "string",
    valueType: "like_pattern",
    attribute: scalarTypes.string,
    literal: { name: "like_pattern", read: (raw) => readText(raw, parseLikePattern) },
    holds: (actual, expected) => matches(actual, expected) === sought,
    summary: `True when the whole attribute has ${sought ? "" : "not "}the form of the pattern, where \`*\` is any run of characters, \`?\` any one, and a backslash takes the next as it is.`,
    example: example(
      { function: name, attribute: "external_subject", value: "repo:acme/shop:*" },
      sought ? main : release,
      sought ? release : main,
    ),
  });
}

function matches(actual: string, pattern: TextPattern): boolean {
  return pattern(actual);
}
