import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Safeguard } from "./safeguard.js";

const packageFolder = fileURLToPath(new URL("../..", import.meta.url));
const vitest = join(createRequire(import.meta.url).resolve("vitest/package.json"), "../vitest.mjs");

/** The package a second time, elsewhere, where its safeguards can be switched off. */
export class PackageCopy {
  readonly #folder: string;
  /** What became of the tests of a suite while every safeguard was on. */
  readonly #untouched = new Map<string, readonly TestResult[]>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Copies the package as it is. */
  static async make(): Promise<PackageCopy> {
    const folder = await mkdtemp(join(tmpdir(), "byot-safeguards-"));
    for (const name of ["src", "test", "package.json", "README.md"]) {
      await cp(join(packageFolder, name), join(folder, name), {
        recursive: true,
        filter: isNeeded,
      });
    }
    await symlink(join(packageFolder, "node_modules"), join(folder, "node_modules"), "dir");
    await writeFile(join(folder, "vitest.config.mjs"), `export default ${config(folder)};`);
    return new PackageCopy(folder);
  }

  /** Whether the test of a safeguard passes with it and fails without it. */
  async notices(safeguard: Safeguard): Promise<boolean> {
    const { suite, test } = safeguard;
    const before = this.#untouched.get(suite) ?? (await this.#run(suite, ""));
    this.#untouched.set(suite, before);
    const file = join(this.#folder, "src", safeguard.file);
    const source = await readFile(file, "utf8");
    await writeFile(file, switchOff(source, safeguard));
    const after = await this.#run(suite, test);
    await writeFile(file, source);
    return statusOf(test, before) === "passed" && statusOf(test, after) === "failed";
  }

  /** Runs those tests of a suite whose title holds a text. */
  async #run(suite: string, title: string): Promise<readonly TestResult[]> {
    const report = join(this.#folder, "report.json");
    const pattern = title.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    await rm(report, { force: true });
    await new Promise((resolve) => {
      const options = ["--root", this.#folder, "--reporter=json", "--outputFile", report];
      const command = [vitest, "run", `test/${suite}.test.ts`, "-t", pattern, ...options];
      // Whether tests failed or not, the report says so.
      execFile(process.execPath, command, { cwd: this.#folder, timeout: 120_000 }, resolve);
    });
    const { testResults } = readReport(await readFile(report, "utf8"));
    return testResults.flatMap(({ assertionResults }) => assertionResults);
  }

  /** Leaves nothing behind. */
  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** The settings of the compiler lead out of the package, and types are not checked in the copy. */
function isNeeded(path: string): boolean {
  return !path.endsWith("tsconfig.json");
}

/** The source of a file without a safeguard. */
export function switchOff(source: string, { file, source: text, off }: Safeguard): string {
  if (source.split(text).length !== 2) {
    throw new TypeError(`\`${text}\` is not found once in \`${file}\``);
  }
  return source.replace(text, () => off);
}

function config(folder: string): string {
  const alias = ["node", "testing", "index"].map((entry) => ({
    find: `@byot/token-verifier${entry === "index" ? "" : `/${entry}`}`,
    replacement: join(folder, "src", `${entry}.ts`),
  }));
  const conditions = ["@byot/source", "module", "node", "development|production"];
  return JSON.stringify({ resolve: { alias }, ssr: { resolve: { conditions } } });
}

interface TestResult {
  readonly fullName: string;
  readonly status: string;
}

function statusOf(title: string, results: readonly TestResult[]): string | undefined {
  return results.find(({ fullName }) => fullName === title)?.status;
}

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly TestResult[] }[];
}

function readReport(report: string): Report {
  return JSON.parse(report);
}
