import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultWorkspaceSettings } from "@byot/storage";
import { openSqliteStorage } from "@byot/storage-sqlite";

export const folder = mkdtempSync(join(tmpdir(), "byot-"));
const storage = openSqliteStorage({ path: join(folder, "byot.db") });
// The decisions are beside it, in byot-decisions.db.

const value = { id: "acme", name: "Acme Inc.", settings: defaultWorkspaceSettings };

export const revision = await storage.apply({
  workspaceId: "acme",
  at: new Date(),
  by: { kind: "system", id: "example" },
  writes: [{ operation: "put", kind: "workspace", value, expectedVersion: null }],
});
// revision is 1, on the disk

export const ready = await storage.isReady();
await storage.close();
