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

/** An answer with its texts cut to where the page has them end with `…`, so that both are alike. */
function cutLike(shown: unknown, actual: unknown): unknown {
  if (typeof shown === "string" && typeof actual === "string" && shown.endsWith("…")) {
    return `${actual.slice(0, shown.length - 1)}…`;
  }
  if (Array.isArray(actual)) {
    const each: readonly unknown[] = Array.isArray(shown) ? shown : [];
    return actual.map((item, index) => cutLike(each[index], item));
  }
  return typeof actual === "object" && actual !== null
    ? Object.fromEntries(
        Object.entries(actual).map(([name, value]) => [name, cutLike(readOwn(shown, name), value)]),
      )
    : actual;
}

function readOwn(source: unknown, name: string): unknown {
  return typeof source === "object" && source !== null
    ? Object.getOwnPropertyDescriptor(source, name)?.value
    : undefined;
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
      env: {
        PORT: "0",
        BYOT_LOG_LEVEL: "info",
        BYOT_LOG_DECISIONS: "true",
        BYOT_PUBLIC_URL: "https://authz.acme.com",
      },
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

  const numbered = steps.map((step, index) => ({ ...step, index }));

  test.for(numbered.filter(({ shown }) => shown?.language === "json"))(
    "answer what is shown: $title",
    ({ shown, index }) => {
      const expected: unknown = JSON.parse(shown?.text ?? "");
      const answer = cutLike(expected, JSON.parse(printed[index] ?? ""));

      expect(answer).toMatchObject(z.looseObject({}).parse(expected));
    },
  );

  test.for(numbered.filter(({ shown }) => shown?.language !== "json"))(
    "print what is shown, to the letter: $title",
    ({ shown, index }) => {
      expect(printed[index]).toBe(shown?.text ?? "");
    },
  );

  test.each(everyRoute)("call $title, and it succeeds", async ({ route }) => {
    // The server tells of an answer once it is sent, which may be after its reader has ended.
    await expect
      .poll(() => answered(demo.stdout()))
      .toContain(`${route.method.toUpperCase()} ${route.path}`);
  });
});
