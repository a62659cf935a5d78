import { defaultWorkspaceSettings } from "@byot/storage";
import { openMemoryStorage } from "@byot/storage-memory";

const storage = openMemoryStorage();

const value = { id: "acme", name: "Acme Inc.", settings: defaultWorkspaceSettings };

export const revision = await storage.apply({
  workspaceId: "acme",
  at: new Date(),
  by: { kind: "system", id: "demo" },
  writes: [{ operation: "put", kind: "workspace", value, expectedVersion: null }],
});
// revision is 1

export const workspace = await storage.workspaces.find("acme");
// workspace is what was written, with version 1 and two times

export const changes = await storage.changeLog.list("acme", { limit: 10 });
// changes.items says who has created the workspace

await storage.close();
