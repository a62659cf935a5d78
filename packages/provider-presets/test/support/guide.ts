import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../../../docs/guides/", import.meta.url);

/** The guides there are, by file name without its ending. */
export const guideNames: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith(".md"))
  .map((name) => name.slice(0, -".md".length));

/** The JSON a guide shows below each of its headings. */
export function readGuide(name: string): (heading: string) => readonly unknown[] {
  const sections = readFileSync(new URL(`${name}.md`, folder), "utf8").split(/^## /m);
  return (heading) => {
    const section = sections.find((each) => each.startsWith(`${heading}\n`)) ?? "";
    return [...section.matchAll(/^```json\n(.*?)^```$/gms)].map(
      ([, text = ""]) => JSON.parse(text) as unknown,
    );
  };
}
