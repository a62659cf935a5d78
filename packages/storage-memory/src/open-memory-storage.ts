import {
  createCallGate,
  createRevisionWatch,
  type ApiKeyStore,
  type CallGate,
  type ConfiguredInputs,
  type ConfiguredKind,
  type ConfiguredStore,
  type PolicyStore,
  type Storage,
  type Stored,
  type WorkspaceStore,
} from "@byot/storage";
import { applyToMemory } from "./apply-to-memory.js";
import { createMemoryApiKeys, type MemoryApiKeys } from "./memory-api-keys.js";
import { createMemoryChangeLog, type MemoryChangeLog } from "./memory-change-log.js";
import { createMemoryDecisionLog } from "./memory-decision-log.js";
import {
  findInMemory,
  findPolicyVersion,
  listInMemory,
  listMemoryWorkspaces,
  listPolicyVersions,
  readMemoryConfiguration,
} from "./memory-reads.js";
import { createMemorySecrets } from "./memory-secrets.js";
import type { MemoryWorkspaces } from "./memory-workspaces.js";

/** What the stores of one storage share. */
interface MemoryParts {
  readonly gate: CallGate;
  readonly workspaces: MemoryWorkspaces;
  readonly apiKeys: MemoryApiKeys;
  readonly changeLog: MemoryChangeLog;
}

/** Opens an empty storage that lives as long as the process, or until it is closed. */
export function openMemoryStorage(): Storage {
  const workspaces: MemoryWorkspaces = new Map();
  const changeLog = createMemoryChangeLog();
  const parts: MemoryParts = {
    gate: createCallGate(asError),
    workspaces,
    apiKeys: createMemoryApiKeys({
      revisionOf: (workspaceId) => revisionOf(workspaces, workspaceId),
      changeLog,
    }),
    changeLog,
  };
  return {
    workspaces: workspaceStore(parts),
    providers: configuredStore(parts, "provider"),
    policies: policyStore(parts),
    resources: configuredStore(parts, "resource"),
    permissions: configuredStore(parts, "permission"),
    apiKeys: apiKeyStore(parts),
    changeLog: {
      list: (workspaceId, query) => parts.gate.run(() => changeLog.list(workspaceId, query)),
    },
    decisionLog: createMemoryDecisionLog(parts.gate),
    secrets: createMemorySecrets(parts.gate),
    ...wholeStorage(parts),
  };
}

type WholeStorage = Pick<
  Storage,
  | "apply"
  | "revision"
  | "readConfiguration"
  | "watchRevisions"
  | "millisSinceConfirmed"
  | "isReady"
  | "close"
>;

function wholeStorage({ gate, workspaces, apiKeys, changeLog }: MemoryParts): WholeStorage {
  const revisions = createRevisionWatch();
  return {
    apply: (changes) =>
      gate.run(() => {
        const change = applyToMemory({ workspaces, changeLog }, changes);
        if (revisionOf(workspaces, change.workspaceId) === undefined) {
          apiKeys.deleteOf(change.workspaceId);
        }
        revisions.announce(change);
        return change.revision;
      }),
    revision: (workspaceId) => gate.run(() => revisionOf(workspaces, workspaceId)),
    readConfiguration: (workspaceId) =>
      gate.run(() => readMemoryConfiguration(workspaces.get(workspaceId))),
    watchRevisions(listener) {
      gate.checkOpen();
      return revisions.watch(listener);
    },
    millisSinceConfirmed: () => 0,
    isReady: async () => !gate.isClosed(),
    close: async () => {
      gate.close();
    },
  };
}

/** The revision of a workspace that exists now. */
function revisionOf(workspaces: MemoryWorkspaces, workspaceId: string): number | undefined {
  const workspace = workspaces.get(workspaceId);
  return workspace?.rows.workspace.has(workspaceId) === true ? workspace.revision : undefined;
}

function workspaceStore({ gate, workspaces }: MemoryParts): WorkspaceStore {
  return {
    find: (workspaceId) =>
      gate.run(() => findInMemory(workspaces.get(workspaceId), "workspace", workspaceId)),
    list: (page) => gate.run(() => listMemoryWorkspaces(workspaces, page)),
  };
}

function configuredStore<Kind extends ConfiguredKind>(
  { gate, workspaces }: MemoryParts,
  kind: Kind,
): ConfiguredStore<ConfiguredInputs[Kind] & Stored> {
  return {
    find: (workspaceId, key) =>
      gate.run(() => findInMemory(workspaces.get(workspaceId), kind, key)),
    list: (workspaceId, page) =>
      gate.run(() => listInMemory(workspaces.get(workspaceId), kind, page)),
  };
}

function policyStore(parts: MemoryParts): PolicyStore {
  const { gate, workspaces } = parts;
  return {
    ...configuredStore(parts, "policy"),
    findVersion: (workspaceId, name, version) =>
      gate.run(() => findPolicyVersion(workspaces.get(workspaceId), name, version)),
    listVersions: (workspaceId, name, page) =>
      gate.run(() => listPolicyVersions(workspaces.get(workspaceId), name, page)),
  };
}

function apiKeyStore({ gate, apiKeys }: MemoryParts): ApiKeyStore {
  return {
    find: (id) => gate.run(() => apiKeys.find(id)),
    list: (workspaceId, page) => gate.run(() => apiKeys.list(workspaceId, page)),
    create: (record, origin) => gate.run(() => apiKeys.create(record, origin)),
    revoke: (id, at, origin) => gate.run(() => apiKeys.revoke(id, at, origin)),
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error("memory storage failed", { cause: error });
}
