import { createHash, randomBytes, randomUUID } from "node:crypto";
import { createChainWriter, type ChainWriter } from "@byot/storage";
import { createMemoryWorkspaceLog, type MemoryWorkspaceLog } from "./memory-workspace-log.js";

/** The decision logs of all workspaces. */
export interface MemoryLogs {
  /** Each log by the id of its workspace. */
  readonly workspaces: Map<string, MemoryWorkspaceLog>;
  /** The ids of all decisions, unique over all workspaces. */
  readonly decisionIds: Set<string>;
  /** The ids of all refused tokens, unique over all workspaces. */
  readonly refusalIds: Set<string>;
  /** Makes the segments. */
  readonly chain: ChainWriter;
}

/** Makes empty logs. */
export function createMemoryLogs(): MemoryLogs {
  return {
    workspaces: new Map(),
    decisionIds: new Set(),
    refusalIds: new Set(),
    chain: createChainWriter({
      createWriterId: randomUUID,
      createSalt: () => randomBytes(32).toString("hex"),
      hash: sha256,
    }),
  };
}

/** The log of a workspace, made when there was none. */
export function logOf({ workspaces }: MemoryLogs, workspaceId: string): MemoryWorkspaceLog {
  const log = workspaces.get(workspaceId) ?? createMemoryWorkspaceLog();
  workspaces.set(workspaceId, log);
  return log;
}

/** SHA-256 of UTF-8 text, in lower-case hexadecimal. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
