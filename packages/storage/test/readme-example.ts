import { defaultWorkspaceSettings, prepareChanges, type ChangeSet } from "@byot/storage";

const value = { id: "acme", name: "Acme Inc.", settings: defaultWorkspaceSettings };

const changes: ChangeSet = {
  workspaceId: "acme",
  at: new Date("2026-03-02T09:00:00Z"),
  by: { kind: "system", id: "demo" },
  writes: [{ operation: "put", kind: "workspace", value, expectedVersion: null }],
};

// An adapter begins a transaction, reads what `prepared.things` and `prepared.nameable` name …
const prepared = prepareChanges(changes);
const plan = prepared.plan({ lastRevision: 0, things: [], references: [] });

// … and carries out the writes of the plan, or throws the `StorageError` that `plan` has thrown.
export const { revision, writes } = plan; // 1, one row to insert and one change to record
