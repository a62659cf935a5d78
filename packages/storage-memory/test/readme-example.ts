import { openMemoryStorage } from "@byot/storage-memory";

const storage = openMemoryStorage();

const value = { id: "acme", name: "Acme Inc.", settings: { checksRequireApiKey: false } };

export const revision = await storage.apply({
  workspaceId: "acme",
  at: new Date(),
  writes: [{ operation: "put", kind: "workspace", value, expectedVersion: null }],
});
// revision is 1

export const workspace = await storage.workspaces.find("acme");
// workspace is what was written, with version 1 and two times

await storage.close();
