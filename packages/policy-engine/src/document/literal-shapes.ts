import { z } from "zod";
import type { ValueTypeName } from "../conditions/function-description.js";
import type { ScalarTypeName } from "../values/scalar-types.js";
import { weekdays } from "../values/weekday.js";
import type { ConditionValue } from "./policy-document.js";

/** What literals of one form look like; whether one can be read, the functions say themselves. */
export interface LiteralForm {
  /** Its structure. */
  readonly shape: z.ZodType<ConditionValue>;
  /** How problems name it, after "needs … as its value". */
  readonly noun: string;
}

type ScalarValue = string | number | boolean;

interface ScalarForm {
  readonly shape: z.ZodType<ScalarValue>;
  readonly noun: string;
  readonly plural: string;
}

const scalarForms: Readonly<Record<ScalarTypeName, ScalarForm>> = {
  string: { shape: z.string(), noun: "a string", plural: "strings" },
  integer: {
    shape: z.union([z.int(), z.string().regex(/^(?:0|-?[1-9][0-9]*)$/)]),
    noun: "an integer, or a string of digits without leading zeros,",
    plural: "integers",
  },
  double: { shape: z.number(), noun: "a number", plural: "numbers" },
  boolean: { shape: z.boolean(), noun: "true or false", plural: "booleans" },
  date: {
    shape: z.string().meta({ format: "date" }),
    noun: "a date `YYYY-MM-DD`",
    plural: "dates `YYYY-MM-DD`",
  },
  time: {
    shape: z.string().meta({ examples: ["09:00", "17:30:15"] }),
    noun: "a time `HH:MM` or `HH:MM:SS`",
    plural: "times `HH:MM` or `HH:MM:SS`",
  },
  datetime: {
    shape: z.string().meta({ format: "date-time" }),
    noun: "an RFC 3339 date-time with `Z` or an offset",
    plural: "RFC 3339 date-times with `Z` or an offset",
  },
  ip: { shape: z.string(), noun: "an IP address without a prefix", plural: "IP addresses" },
  email: { shape: z.string(), noun: "an email address", plural: "email addresses" },
};

const window = z.strictObject({
  days: z.array(z.enum(weekdays)).exactOptional(),
  from: z.string(),
  to: z.string(),
  time_zone: z.string().exactOptional(),
  holidays: z.array(z.string().meta({ format: "date" })).exactOptional(),
});

/** The forms of literals by name. */
export const literalForms: Readonly<Record<ValueTypeName, LiteralForm>> = {
  ...scalarForms,
  string_list: listForm("string"),
  integer_list: listForm("integer"),
  double_list: listForm("double"),
  boolean_list: listForm("boolean"),
  date_list: listForm("date"),
  time_list: listForm("time"),
  datetime_list: listForm("datetime"),
  ip_list: listForm("ip"),
  email_list: listForm("email"),
  string_range: rangeForm("string"),
  integer_range: rangeForm("integer"),
  double_range: rangeForm("double"),
  date_range: rangeForm("date"),
  time_range: rangeForm("time"),
  datetime_range: rangeForm("datetime"),
  like_pattern: {
    shape: z.string().max(1_000),
    noun: "a pattern of at most 1,000 characters that does not end with a lone `\\`",
  },
  regular_expression: {
    shape: z.string().max(1_000),
    noun: "a pattern of RE2 syntax, at most 1,000 characters,",
  },
  email_pattern: { shape: z.string(), noun: "`user@domain`, `domain` or `.domain`" },
  cidr_list: {
    shape: z.union([z.string(), z.array(z.string())]),
    noun: "a range such as `10.0.0.0/8`, or a list of them,",
  },
  weekday_list: {
    shape: z.array(z.enum(weekdays)),
    noun: "a list of `monday` … `sunday`",
  },
  schedule: {
    shape: z.array(window),
    noun: "a list of windows with `from` and `to`, and perhaps `days`, `time_zone` and `holidays`,",
  },
};

function listForm(type: ScalarTypeName): LiteralForm {
  const { shape, plural } = scalarForms[type];
  return { shape: z.array(shape), noun: `a list of ${plural}` };
}

function rangeForm(type: ScalarTypeName): LiteralForm {
  const { shape, plural } = scalarForms[type];
  return { shape: z.tuple([shape, shape]), noun: `a list of two ${plural}` };
}
