import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cacheSafeguards } from "./safeguards/cache-safeguards.js";
import { keySafeguards } from "./safeguards/key-safeguards.js";
import { PackageCopy, switchOff } from "./safeguards/package-copy.js";
import type { Safeguard } from "./safeguards/safeguard.js";
import { tokenSafeguards } from "./safeguards/token-safeguards.js";

const chapters = {
  "What keeps forged, damaged and foreign tokens out": tokenSafeguards,
  "What keeps the memory for tokens honest": cacheSafeguards,
  "What keeps bad keys and their network out": keySafeguards,
} as const;
const safeguards: readonly Safeguard[] = Object.values(chapters).flat();

/** All of them take minutes; `pnpm test:safeguards` asks for that. */
const isComplete = process.env["BYOT_SAFEGUARDS"] === "all";
const chosen = isComplete
  ? safeguards
  : safeguards.filter((_safeguard, index) => index % 40 === 26);

describe("a safeguard", () => {
  test.each(safeguards)("against $against is where the table says", async (safeguard) => {
    const source = await readFile(new URL(`../src/${safeguard.file}`, import.meta.url), "utf8");

    expect(switchOff(source, safeguard)).not.toBe(source);
  });

  test("is listed in the documentation, as the table says", async () => {
    await expect(describeSafeguards()).toMatchFileSnapshot("../docs/safeguards.md");
  });
});

describe("without its safeguard", () => {
  const copies: PackageCopy[] = [];
  beforeAll(async () => {
    copies.push(await PackageCopy.make(), await PackageCopy.make());
  });
  afterAll(() => Promise.all(copies.map((copy) => copy.remove())));

  test(
    "every test named in the table fails, which passes with it",
    { timeout: 1_800_000 },
    async () => {
      const queue = [...chosen];
      const unnoticed: string[] = [];

      await Promise.all(
        copies.map(async (copy) => {
          for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
            if (!(await copy.notices(next))) {
              unnoticed.push(`${next.against}: ${next.test}`);
            }
          }
        }),
      );

      expect(chosen.length).toBeGreaterThan(isComplete ? 90 : 1);
      expect(unnoticed).toEqual([]);
    },
  );
});

/** The table of the documentation, laid out as the formatter lays it out. */
function describeSafeguards(): string {
  const tables = Object.entries(chapters).map(([title, rows]) => `## ${title}\n\n${layOut(rows)}`);
  return [
    "# Safeguards",
    "Each of these is switched off in a copy of the package, one at a time, and the test beside it has to fail then:",
    "`pnpm test:safeguards` in this package, some minutes long. This page is written by `test/safeguards.test.ts`.",
    ...tables,
  ]
    .join("\n\n")
    .replace("then:\n\n", "then:\n")
    .concat("\n");
}

function layOut(rows: readonly Safeguard[]): string {
  const cells = [
    ["against", "safeguard in", "test that fails without it"],
    ...rows.map(({ against, file, test: title }) => [
      against,
      `\`src/${file}\``,
      escapeCell(title),
    ]),
  ];
  const widths = [0, 1, 2].map((column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  const lines = cells.map((row) =>
    line(row.map((cell, column) => cell.padEnd(widths[column] ?? 0))),
  );
  return [lines[0], line(widths.map((width) => "-".repeat(width))), ...lines.slice(1)].join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** In a table a text is text, not markup, but for what stands between back quotes. */
function escapeCell(text: string): string {
  return text
    .split("`")
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[*_|<>]/g, String.raw`\$&`)))
    .join("`");
}
