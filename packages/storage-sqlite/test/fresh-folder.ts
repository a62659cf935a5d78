import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** An empty folder that is removed after the tests of the file. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "byot-sqlite-"));
  folders.push(folder);
  return folder;
}

/** Where no database is yet. */
export function freshDatabasePath(): string {
  return join(freshFolder(), "byot.db");
}
