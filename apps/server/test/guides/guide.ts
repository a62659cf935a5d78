import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../end-to-end/readme-story.js";

const folder = join(repository, "docs/guides");

/** The guides there are, by file name. */
export const guideFiles: readonly string[] = readdirSync(folder).filter((name) =>
  name.endsWith(".md"),
);

/** The text below one heading of a guide. */
export function sectionOf(file: string, heading: string): string {
  const sections = readFileSync(join(folder, file), "utf8").split(/^## /m);
  const section = sections.find((each) => each.startsWith(`${heading}\n`));
  if (section === undefined) {
    throw new Error(`the guide \`${file}\` has no heading \`${heading}\``);
  }
  return section;
}

/** The JSON a guide shows below one of its headings, in order. */
export function jsonOf(file: string, heading: string): readonly unknown[] {
  return [...sectionOf(file, heading).matchAll(/^```json\n(.*?)^```$/gms)].map(
    ([, text = ""]) => JSON.parse(text) as unknown,
  );
}
