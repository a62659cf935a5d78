import type {
  ApiKeyStore,
  ChangeLog,
  ChangeRecord,
  DecisionLog,
  PolicyStore,
  ResourceRecord,
  ResourceStore,
  SecretStore,
  Storage,
  WorkspaceStore,
} from "@byot/storage";

/** A storage that breaks one promise. */
export interface BrokenPromise {
  /** What it does, after "a storage that". */
  readonly does: string;
  /** The title of the case that must notice. */
  readonly caughtBy: string;
  /** Breaks a correct storage. */
  readonly breakIt: (storage: Storage) => Storage;
}

/** Breaks `ResourceStore`; the other stores of configured things are tested by the very same cases. */
export function withResources(
  storage: Storage,
  change: (store: ResourceStore) => Partial<ResourceStore>,
): Storage {
  return { ...storage, resources: { ...storage.resources, ...change(storage.resources) } };
}

/** Changes every resource that is found. */
export function withFound(
  storage: Storage,
  change: (found: ResourceRecord) => ResourceRecord | Promise<ResourceRecord>,
): Storage {
  return withResources(storage, (store) => ({
    async find(workspaceId, key) {
      const found = await store.find(workspaceId, key);
      return found === undefined ? undefined : change(found);
    },
  }));
}

/** Breaks `WorkspaceStore`. */
export function withWorkspaces(
  storage: Storage,
  change: (store: WorkspaceStore) => Partial<WorkspaceStore>,
): Storage {
  return { ...storage, workspaces: { ...storage.workspaces, ...change(storage.workspaces) } };
}

/** Breaks `PolicyStore`. */
export function withPolicies(
  storage: Storage,
  change: (store: PolicyStore) => Partial<PolicyStore>,
): Storage {
  return { ...storage, policies: { ...storage.policies, ...change(storage.policies) } };
}

/** Breaks `ApiKeyStore`. */
export function withApiKeys(
  storage: Storage,
  change: (store: ApiKeyStore) => Partial<ApiKeyStore>,
): Storage {
  return { ...storage, apiKeys: { ...storage.apiKeys, ...change(storage.apiKeys) } };
}

/** Breaks `DecisionLog`. */
export function withLog(
  storage: Storage,
  change: (log: DecisionLog) => Partial<DecisionLog>,
): Storage {
  return { ...storage, decisionLog: { ...storage.decisionLog, ...change(storage.decisionLog) } };
}

/** Breaks `ChangeLog`. */
export function withChanges(
  storage: Storage,
  change: (log: ChangeLog) => Partial<ChangeLog>,
): Storage {
  return { ...storage, changeLog: { ...storage.changeLog, ...change(storage.changeLog) } };
}

/** Changes every list of changes that is read. */
export function withChangeRecords(
  storage: Storage,
  change: (
    records: readonly ChangeRecord[],
    workspaceId: string,
  ) => readonly ChangeRecord[] | Promise<readonly ChangeRecord[]>,
): Storage {
  return withChanges(storage, (log) => ({
    async list(workspaceId, query) {
      const { items, nextCursor } = await log.list(workspaceId, query);
      return { items: await change(items, workspaceId), nextCursor };
    },
  }));
}

/** Breaks `SecretStore`. */
export function withSecrets(storage: Storage, findOrCreate: SecretStore["findOrCreate"]): Storage {
  return { ...storage, secrets: { findOrCreate } };
}
