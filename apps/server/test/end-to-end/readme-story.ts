import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The repository this test belongs to. */
export const repository = fileURLToPath(new URL("../../../..", import.meta.url));

/** A fenced block of the README. */
export interface ReadmeBlock {
  /** The language after the fence. */
  readonly language: string;
  /** What stands between the fences. */
  readonly text: string;
}

/** A command of the README's story and the answer that is printed below it. */
export interface StoryStep {
  /** The command, to the letter. */
  readonly command: string;
  /** What it must answer, as JSON with parts left out; absent when the README shows no JSON. */
  readonly json?: unknown;
  /** What it must print, to the letter; absent when the README shows none. */
  readonly text?: string;
}

/** The fenced blocks of a Markdown text, in order. */
export function fencedBlocks(markdown: string): readonly ReadmeBlock[] {
  return [...markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, text]) => ({
    language: language ?? "",
    text: text ?? "",
  }));
}

/** The repository's README. */
export function readReadme(): Promise<string> {
  return readFile(join(repository, "README.md"), "utf8");
}

/** The commands between starting byot and running it in production, each with the answer below it. */
export function storyOf(readme: string): readonly StoryStep[] {
  const from = readme.indexOf("### 2. Allow");
  const blocks = fencedBlocks(readme.slice(from, readme.indexOf("## What it insists on")));
  return blocks.flatMap(({ language, text }, index) => {
    if (language !== "sh") {
      return [];
    }
    const next = blocks[index + 1];
    return [{ command: text, ...answerBelow(next) }];
  });
}

function answerBelow(block: ReadmeBlock | undefined): Omit<StoryStep, "command"> {
  if (block?.language === "json") {
    return { json: JSON.parse(block.text) };
  }
  return block?.language === "text" ? { text: block.text } : {};
}

const run = promisify(execFile);

/** Runs one command in a shell of its own, as a person does who has read the demo's variables before. */
export async function runStep(command: string, folder: string): Promise<string> {
  const script = `set -eu\n. ./.byot/demo.env\n${command}`;
  const environment = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "" };
  const { stdout } = await run("sh", ["-c", script], { cwd: folder, env: environment });
  return stdout;
}
