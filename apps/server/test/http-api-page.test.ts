import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  makeTemporaryFolder,
  type ServerProcess,
  startServerProcess,
  type TemporaryFolder,
} from "@byot/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { fencedBlocks, repository } from "./end-to-end/readme-story.js";
import { everyRoute } from "./support/every-route.js";

const page = await readFile(join(repository, "docs/http-api.md"), "utf8");
const rows = page.split("\n").filter((line) => line.startsWith("| `"));
const hasCurl = await promisify(execFile)("curl", ["--version"]).then(
  () => true,
  () => false,
);

const needs: Readonly<Record<string, string>> = {
  token: "a user's token",
  any_key: "any API key",
  anyone: "nothing",
};

test.each(everyRoute)("has $title in a table, with what it does and needs", ({ route }) => {
  const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
  const cells = rows.map((row) => row.split("|").map((cell) => cell.trim()));

  expect(cells).toContainEqual([
    "",
    `\`${route.method.toUpperCase()} ${path}\``,
    route.summary,
    needs[route.access] ?? `\`${route.access}\``,
    "",
  ]);
});

test("has no route in a table that there is not", () => {
  expect(rows).toHaveLength(everyRoute.length);
});

interface Step {
  readonly title: string;
  readonly command: string;
  /** What is shown below the command; absent when nothing is. */
  readonly shown?: { readonly language: string; readonly text: string };
}

const blocks = fencedBlocks(page);
const steps: readonly Step[] = blocks.flatMap(({ language, text }, index) => {
  const next = blocks[index + 1];
  return language === "sh"
    ? [
        {
          title: text.split("\n").find((line) => !line.startsWith("cat >")) ?? "",
          command: text,
          ...(next === undefined || next.language === "sh" ? {} : { shown: next }),
        },
      ]
    : [];
});

const separator = "----- the next command -----";

/** What a text on the page that ends with `…` stands for. */
function loosely(shown: unknown): unknown {
  if (typeof shown === "string" && shown.endsWith("…")) {
    const beginning: unknown = expect.stringMatching(new RegExp(`^${shown.slice(0, -1)}`));
    return beginning;
  }
  if (Array.isArray(shown)) {
    return shown.map(loosely);
  }
  return typeof shown === "object" && shown !== null
    ? Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, loosely(value)]))
    : shown;
}

const logLineSchema = z.looseObject({
  method: z.string(),
  route: z.string(),
  status: z.number(),
});

/** The routes that a server has answered with success, by its own log. */
function answered(log: string): ReadonlySet<string> {
  const lines = log.split("\n").filter((line) => line.startsWith("{"));
  return new Set(
    lines.flatMap((line) => {
      const entry = logLineSchema.safeParse(JSON.parse(line));
      return entry.success && entry.data.status < 300
        ? [`${entry.data.method} ${entry.data.route}`]
        : [];
    }),
  );
}

describe.skipIf(!hasCurl)("the commands of the page, in one shell", () => {
  let folder: TemporaryFolder;
  let demo: ServerProcess;
  let printed: readonly string[];

  beforeAll(async () => {
    folder = await makeTemporaryFolder();
    demo = await startServerProcess({
      command: process.execPath,
      args: [join(repository, "apps/server/dist/demo-main.js")],
      env: { PORT: "0", BYOT_LOG_LEVEL: "info", BYOT_PUBLIC_URL: "https://authz.acme.com" },
      cwd: folder.path,
      readyPattern: /byot is up/,
    });
    const script = steps.map(({ command }) => `${command}\nprintf '%s\\n' '${separator}'\n`);
    const { stdout } = await promisify(execFile)("sh", ["-eu", "-c", script.join("")], {
      cwd: folder.path,
      env: { PATH: process.env["PATH"] },
    });
    printed = stdout.split(`${separator}\n`);
  });

  afterAll(async () => {
    await demo.stop();
    await folder.remove();
  });

  test.for(steps.map((step, index) => ({ ...step, index })))(
    "print what is shown: $title",
    ({ shown, index }) => {
      const output = printed[index] ?? "";

      if (shown?.language === "json") {
        expect(JSON.parse(output)).toMatchObject(
          z.looseObject({}).parse(loosely(JSON.parse(shown.text))),
        );
      } else {
        expect(output).toBe(shown?.text ?? "");
      }
    },
  );

  test.each(everyRoute)("call $title, and it succeeds", ({ route }) => {
    expect(answered(demo.stdout())).toContain(`${route.method.toUpperCase()} ${route.path}`);
  });
});
