import { checkAppend, type CallGate, type ChainHead, type DecisionLog } from "@byot/storage";
import type { SqliteDatabase } from "../open-database.js";
import type { DecisionHosts } from "./decision-hosts.js";
import { dropBefore } from "./drop-before.js";
import { eraseSubject } from "./erase-subject.js";
import { createLogWorkspaceLister } from "./list-log-workspaces.js";
import { createLogLists } from "./sqlite-log-lists.js";

/** What a decision log is made of. */
export interface DecisionLogParts extends DecisionHosts {
  /** Stands before every method. */
  readonly gate: CallGate;
  /** For what is read at once. */
  readonly database: SqliteDatabase;
}

/** Keeps decisions and refused tokens. */
export function createDecisionLog({
  gate,
  database,
  writer,
  reader,
}: DecisionLogParts): DecisionLog {
  const lists = createLogLists(database.$client);
  const listWorkspaces = createLogWorkspaceLister(database.$client);
  const heads = database.$client.prepare<[string], ChainHead>(
    `SELECT writer_id AS writerId, head_sequence AS sequence, head_hash AS hash
     FROM chains WHERE workspace_id = ? ORDER BY writer_id`,
  );
  return {
    append: (records) =>
      gate.run(() => {
        checkAppend(records);
        return records.length === 0 ? undefined : writer.call("append", records);
      }),
    appendRefusals: (records) => gate.run(() => writer.call("appendRefusals", records)),
    find: (workspaceId, decisionId) => gate.run(() => lists.find(workspaceId, decisionId)),
    list: (workspaceId, query) =>
      gate.run(() =>
        lists.isQuick(workspaceId, query)
          ? lists.list(workspaceId, query)
          : reader.call("list", { workspaceId, query }),
      ),
    listRefusals: (workspaceId, query) => gate.run(() => lists.listRefusals(workspaceId, query)),
    statistics: (workspaceId, query) =>
      gate.run(() => reader.call("statistics", { workspaceId, query })),
    listWorkspaces: (page) => gate.run(() => listWorkspaces(page)),
    eraseSubject: (workspaceId, erasure) =>
      gate.run(() => eraseSubject(writer, workspaceId, erasure)),
    dropBefore: (workspaceId, before) => gate.run(() => dropBefore(writer, workspaceId, before)),
    checkpoint: (workspaceId) => gate.run(() => heads.all(workspaceId)),
    verify: (workspaceId, expected = []) =>
      gate.run(() => reader.call("verify", { workspaceId, expected })),
  };
}
