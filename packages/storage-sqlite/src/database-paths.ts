import { extname } from "node:path";

/** The path that keeps a database in memory, for as long as it is open. */
export const inMemoryPath = ":memory:";

/** Where the decision log is kept when nothing else is said: `byot.db` → `byot-decisions.db`, in the same folder. */
export function decisionsPathBeside(path: string): string {
  if (path === inMemoryPath) {
    return inMemoryPath;
  }
  const extension = extname(path);
  return `${path.slice(0, path.length - extension.length)}-decisions${extension}`;
}
