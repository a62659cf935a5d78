import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder that belongs to one test. */
export interface TemporaryFolder {
  /** Where it is, absolute. */
  readonly path: string;
  /** Removes it with all that is in it. Removing it again does nothing. */
  readonly remove: () => Promise<void>;
}

/** Makes an empty folder that only the own user can read. */
export async function makeTemporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), "byot-test-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
