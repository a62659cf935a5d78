// Writes docs/policy-language.md from its template and the engine's own table of functions.
// With --check it writes nothing, and fails when the page is not what it would write.
import { readFileSync } from "node:fs";
import { conditionFunctions } from "../packages/policy-engine/dist/index.js";
import { writePage } from "./written-page.mjs";

const template = new URL("../docs/policy-language.template.md", import.meta.url);

const sections = [
  ["Texts", /^string_/],
  ["Integers", /^integer_/],
  ["Doubles", /^double_/],
  ["Booleans", /^boolean_/],
  ["Dates", /^date_/],
  ["Times of day", /^time_(?!in_range)/],
  ["Date-times", /^datetime_/],
  ["Clocks, days and schedules", /^(?:time_in_range|day_of_week_in|schedule_match)$/],
  ["IP addresses", /^ip_/],
  ["Email addresses", /^email_/],
  ["Sizes of sets", /^set_size_/],
  ["Presence", /^attribute_/],
  ["Groups of conditions", /^(?:all_of|any_of|none_of|not|at_least)$/],
];

function describe({ name, aliases, summary, options, example }) {
  const others = aliases.length === 0 ? "" : ` Also ${listOf(aliases)}.`;
  const takes = options.length === 0 ? "" : ` Options: ${listOf(options)}.`;
  return [
    `- **\`${name}\`** — ${summary}${others}${takes}`,
    "",
    `  \`${JSON.stringify(example.condition)}\` is true for \`${JSON.stringify(example.trueFor)}\`, false for \`${JSON.stringify(example.falseFor)}\`.`,
  ].join("\n");
}

function listOf(names) {
  return names.map((name) => `\`${name}\``).join(", ");
}

function isIn(pattern, name) {
  return pattern.exec(name) !== null;
}

function section([title, pattern]) {
  const functions = conditionFunctions.filter(({ name }) => isIn(pattern, name));
  return [`### ${title}`, ...functions.map(describe)].join("\n\n");
}

const unplaced = conditionFunctions.filter(
  ({ name }) => sections.filter(([, pattern]) => isIn(pattern, name)).length !== 1,
);
if (unplaced.length > 0) {
  throw new Error(`not in exactly one section: ${unplaced.map(({ name }) => name).join(", ")}`);
}

const warning =
  "<!-- Made by `pnpm run docs` from policy-language.template.md and the table of functions: change those. -->";
const text = readFileSync(template, "utf8")
  .replace("\n\n", `\n\n${warning}\n\n`)
  .replace("<!-- functions -->", () => sections.map(section).join("\n\n"));
await writePage("docs/policy-language.md", text);
