// A file that is made from others: written, or with --check only compared with what would be written.
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { format } from "prettier";

/** Writes `text` to the file, formatted; with `--check` it fails when the file holds anything else. */
export async function writePage(path, text) {
  const file = new URL(`../${path}`, import.meta.url);
  const made = await format(text, { filepath: path, printWidth: 100 });
  if (process.argv[2] !== "--check") {
    writeFileSync(file, made);
  } else if (readFileSync(file, "utf8") !== made) {
    console.error(`${path} is stale: run \`pnpm build && pnpm run docs\``);
    process.exitCode = 1;
  }
}
