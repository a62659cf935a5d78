import { StorageError } from "@byot/storage";
import { type Configuration, readConfiguration } from "../configuration.js";
import { StartProblem } from "./start-problem.js";

/**
 * Runs a start with the configuration of the environment, over `defaults`. A start that cannot go on says why on standard error, one
 * line for each problem, and ends the process with status 1.
 */
export async function run(
  start: (configuration: Configuration) => Promise<void>,
  defaults: Readonly<Record<string, string>> = {},
): Promise<void> {
  const read = readConfiguration({ ...defaults, ...process.env });
  if (!read.ok) {
    endWith(read.problems);
    return;
  }
  try {
    await start(read.configuration);
  } catch (error) {
    if (error instanceof StartProblem || error instanceof StorageError) {
      endWith([error instanceof StorageError ? describe(error) : error.message]);
      return;
    }
    throw error;
  }
}

/** What a storage says, and in brackets what its database said. */
function describe({ message, cause }: StorageError): string {
  return cause instanceof Error && !message.includes(cause.message)
    ? `${message} (${cause.message})`
    : message;
}

function endWith(problems: readonly string[]): void {
  process.stderr.write(`byot cannot start:\n${problems.map((line) => `  - ${line}\n`).join("")}`);
  process.exitCode = 1;
}
