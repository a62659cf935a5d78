import {
  compareKeys,
  pageOf,
  recordOf,
  rowsToRead,
  unknownCursor,
  type ConfiguredInputs,
  type ConfiguredKind,
  type ConfiguredRow,
  type Page,
  type PageRequest,
  type PolicyRecord,
  type Stored,
  type WorkspaceConfiguration,
  type WorkspaceRecord,
} from "@byot/storage";
import { keyedPage } from "./keyed-page.js";
import type { MemoryWorkspace, MemoryWorkspaces } from "./memory-workspaces.js";

/** A copy of one record. */
export function findInMemory<Kind extends ConfiguredKind>(
  workspace: MemoryWorkspace | undefined,
  kind: Kind,
  key: string,
): (ConfiguredInputs[Kind] & Stored) | undefined {
  const row = workspace?.rows[kind].get(key);
  return row === undefined ? undefined : structuredClone(recordOf(row));
}

/** Copies of the records of one kind. */
export function listInMemory<Kind extends ConfiguredKind>(
  workspace: MemoryWorkspace | undefined,
  kind: Kind,
  page: PageRequest,
): Page<ConfiguredInputs[Kind] & Stored> {
  return recordPage(workspace?.rows[kind].values() ?? [], page);
}

/** Copies of all workspaces' own records. */
export function listMemoryWorkspaces(
  workspaces: MemoryWorkspaces,
  page: PageRequest,
): Page<WorkspaceRecord> {
  const rows = [...workspaces].flatMap(([id, workspace]) => workspace.rows.workspace.get(id) ?? []);
  return recordPage(rows, page);
}

function recordPage<Kind extends ConfiguredKind>(
  rows: Iterable<ConfiguredRow<Kind>>,
  page: PageRequest,
): Page<ConfiguredInputs[Kind] & Stored> {
  const { items, nextCursor } = keyedPage(rows, page, ({ key }) => key);
  return structuredClone({ items: items.map(recordOf), nextCursor });
}

/** A copy of one version of a policy. */
export function findPolicyVersion(
  workspace: MemoryWorkspace | undefined,
  name: string,
  version: number,
): PolicyRecord | undefined {
  const row = workspace?.policyHistory.get(name)?.find((kept) => kept.version === version);
  return row === undefined ? undefined : structuredClone(recordOf(row));
}

/** Copies of the versions of a policy, newest first; a cursor is the last version of a page. */
export function listPolicyVersions(
  workspace: MemoryWorkspace | undefined,
  name: string,
  page: PageRequest,
): Page<PolicyRecord> {
  const wanted = rowsToRead(page);
  const newestFirst = (workspace?.policyHistory.get(name) ?? []).toReversed();
  const start = startAfter(newestFirst, page.cursor);
  const records = newestFirst.slice(start, start + wanted).map(recordOf);
  return structuredClone(pageOf(records, page.limit, ({ version }) => String(version)));
}

function startAfter(
  newestFirst: readonly ConfiguredRow<"policy">[],
  cursor: string | undefined,
): number {
  if (cursor === undefined) {
    return 0;
  }
  const index = newestFirst.findIndex(({ version }) => String(version) === cursor);
  if (index === -1) {
    throw unknownCursor(cursor);
  }
  return index + 1;
}

/** A copy of everything that decides in a workspace. */
export function readMemoryConfiguration(
  workspace: MemoryWorkspace | undefined,
): WorkspaceConfiguration | undefined {
  const [own] = workspace?.rows.workspace.values() ?? [];
  if (workspace === undefined || own === undefined) {
    return undefined;
  }
  return structuredClone({
    revision: workspace.revision,
    workspace: recordOf(own),
    providers: [...workspace.rows.provider.values()].map(recordOf),
    policies: inKeyOrder(workspace.rows.policy),
    resources: inKeyOrder(workspace.rows.resource),
    permissions: inKeyOrder(workspace.rows.permission),
  });
}

function inKeyOrder<Kind extends ConfiguredKind>(
  rows: ReadonlyMap<string, ConfiguredRow<Kind>>,
): readonly (ConfiguredInputs[Kind] & Stored)[] {
  return [...rows.values()]
    .toSorted((left, right) => compareKeys(left.key, right.key))
    .map(recordOf);
}
