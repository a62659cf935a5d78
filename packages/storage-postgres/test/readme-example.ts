import { defaultWorkspaceSettings } from "@byot/storage";
import { openPostgresStorage } from "@byot/storage-postgres";

const url = process.env["BYOT_DATABASE_URL"] ?? "postgres://localhost/byot";
const storage = await openPostgresStorage({ url });

// Told of every change, whichever replica makes it.
export const heard: string[] = [];
storage.watchRevisions(({ workspaceId, revision }) => heard.push(`${workspaceId} ${revision}`));

const value = { id: "acme", name: "Acme Inc.", settings: defaultWorkspaceSettings };
export const revision = await storage.apply({
  workspaceId: "acme",
  at: new Date(),
  by: { kind: "system", id: "setup" },
  writes: [{ operation: "put", kind: "workspace", value, expectedVersion: null }],
});
// revision is 1, committed

await storage.close();
