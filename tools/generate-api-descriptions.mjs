// Writes packages/api-contract/src/openapi/descriptions.ts: what the comments of the wire format's interfaces say,
// so that the OpenAPI document says it in the same words. With --check it writes nothing, and fails when it is stale.
import { readdirSync, readFileSync } from "node:fs";
import { writePage } from "./written-page.mjs";

const sources = [
  ...listFiles("packages/api-contract/src"),
  "packages/claim-mapper/src/claim-mapping.ts",
  "packages/policy-engine/src/document/policy-document.ts",
];

function listFiles(folder) {
  const names = readdirSync(new URL(`../${folder}/`, import.meta.url)).toSorted();
  return names.filter((name) => name.endsWith(".ts")).map((name) => `${folder}/${name}`);
}

const interfacePattern =
  /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?export interface (\w+)([^{]*)\{(?:\n([\s\S]*?)^)?\}/gm;
const memberPattern =
  /^( +)\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n +readonly (\w+)\??:|^( +)readonly (\w+)\??:/gm;

function readInterfaces(path) {
  const text = readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
  return [...text.matchAll(interfacePattern)].map(([, comment = "", name, header, body = ""]) => ({
    name,
    parents: header.match(/\w+/g) ?? [],
    own: { "": plain(comment), ...readMembers(body) },
  }));
}

// Prettier indents by two: how deep a member stands says what it belongs to.
function readMembers(body) {
  const path = [];
  const members = {};
  for (const [, indent, comment, name, bareIndent, bareName] of body.matchAll(memberPattern)) {
    path.length = (indent ?? bareIndent).length / 2 - 1;
    path.push(name ?? bareName);
    if (comment !== undefined) {
      members[path.join(".")] = plain(comment);
    }
  }
  return members;
}

/** The text of a comment on one line, with links as code and tags as sentences. */
function plain(comment) {
  const text = comment
    .replaceAll(/^\s*\*( |$)/gm, "")
    .replaceAll(/\{@link (\w+)(?:\.\w+)?\}/g, "`$1`")
    .replaceAll(/\s+/g, " ")
    .trim();
  const [sentences, ...tags] = text.split(/ ?@(?=defaultValue)/);
  const defaults = tags.map((tag) => `Default: ${tag.replace("defaultValue ", "")}.`);
  return [sentences, ...defaults].filter((part) => part !== "").join(" ");
}

const found = new Map(sources.flatMap(readInterfaces).map((each) => [each.name, each]));

function describe({ own, parents }) {
  const inherited = parents.flatMap((parent) => {
    const known = found.get(parent);
    return known === undefined ? [] : [describe(known)];
  });
  return Object.assign({}, ...inherited.toReversed(), own);
}

const descriptions = Object.fromEntries(
  [...found.values()]
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map((each) => [each.name, describe(each)]),
);

await writePage(
  "packages/api-contract/src/openapi/descriptions.ts",
  `/* oxlint-disable max-lines -- made by \`pnpm run docs\` from the comments of the interfaces: change those */

/** What the comments of an interface say of it (\`""\`) and of its members, by its name. */
export const descriptions: Readonly<Record<string, Readonly<Record<string, string>>>> =
  ${JSON.stringify(descriptions)};
`,
);
