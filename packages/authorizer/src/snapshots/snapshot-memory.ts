import type { RevisionChange, Storage, WorkspaceConfiguration } from "@byot/storage";
import { LRUCache } from "lru-cache";
import type { SnapshotLimits } from "./snapshot-limits.js";
import { type SnapshotResult, workspaceUnknown } from "./snapshot-result.js";
import { compileSnapshot, type WorkspaceSnapshot } from "./workspace-snapshot.js";

/** How much is kept of workspaces. */
export interface KeptSnapshots {
  /** Snapshots in memory. */
  readonly workspaces: number;
  /** How much memory they take, in bytes, as estimated. */
  readonly bytes: number;
}

/** Snapshots in memory, and those on their way there. */
export interface SnapshotMemory {
  /** The workspace as it is now, loaded when it has to be. */
  find(workspaceId: string): Promise<SnapshotResult>;
  /** Takes note of a change. What was read before it is answered to those who waited for it and kept for nobody. */
  tell(change: RevisionChange): void;
  /** Forgets the workspace when it is kept at a revision below this one. */
  dropOlder(workspaceId: string, revision: number): void;
  /** How much is kept. */
  size(): KeptSnapshots;
  /** Forgets everything and keeps nothing from now on. */
  close(): void;
}

/** What a memory is put together from. */
export interface SnapshotMemoryParts {
  /** A clock that only goes forward, in milliseconds. */
  readonly stopwatch: () => number;
  /** How much is kept, and for how long. */
  readonly limits: SnapshotLimits;
}

/** Most names of which it is remembered that they are no workspace's. */
const mostUnknown = 1_000;

/** How much memory a compiled snapshot takes, in bytes: for each character of its configuration as JSON, and besides. */
const snapshotBytes = { perCharacter: 6, besides: 16_384 };

/** A snapshot, and the answer with it, made once. */
interface Kept {
  readonly revision: number;
  readonly answer: Promise<SnapshotResult>;
}

interface Loaded {
  readonly snapshot: WorkspaceSnapshot;
  readonly bytes: number;
}

/** Makes an empty memory. */
export function createSnapshotMemory(
  source: Pick<Storage, "readConfiguration">,
  parts: SnapshotMemoryParts,
): SnapshotMemory {
  return new BoundedSnapshotMemory(source, parts);
}

class BoundedSnapshotMemory implements SnapshotMemory {
  readonly #source: Pick<Storage, "readConfiguration">;
  readonly #parts: SnapshotMemoryParts;
  readonly #kept: LRUCache<string, Kept>;
  readonly #unknownUntil = new LRUCache<string, number>({ max: mostUnknown });
  readonly #loading = new Map<string, Promise<SnapshotResult>>();
  #isOpen = true;

  constructor(source: Pick<Storage, "readConfiguration">, parts: SnapshotMemoryParts) {
    this.#source = source;
    this.#parts = parts;
    const { workspaces, bytes } = parts.limits;
    this.#kept = new LRUCache({ max: workspaces, maxSize: bytes });
  }

  find(workspaceId: string): Promise<SnapshotResult> {
    return (
      this.#kept.get(workspaceId)?.answer ??
      this.#loading.get(workspaceId) ??
      this.#findUnkept(workspaceId)
    );
  }

  tell({ workspaceId }: RevisionChange): void {
    // INVARIANT: what is being read may be older than the change, so whoever asks from now on reads anew.
    this.#loading.delete(workspaceId);
    this.#unknownUntil.delete(workspaceId);
    // SECURITY: what is kept at this very revision goes too. A database that took the place of another may have given
    // the number to something else.
    this.#kept.delete(workspaceId);
  }

  dropOlder(workspaceId: string, revision: number): void {
    const kept = this.#kept.peek(workspaceId);
    if (kept !== undefined && kept.revision < revision) {
      this.#kept.delete(workspaceId);
    }
  }

  size(): KeptSnapshots {
    return { workspaces: this.#kept.size, bytes: this.#kept.calculatedSize };
  }

  close(): void {
    this.#isOpen = false;
    this.#kept.clear();
    this.#unknownUntil.clear();
    this.#loading.clear();
  }

  #findUnkept(workspaceId: string): Promise<SnapshotResult> {
    const until = this.#unknownUntil.get(workspaceId);
    if (until !== undefined && this.#parts.stopwatch() < until) {
      return Promise.resolve(workspaceUnknown(workspaceId));
    }
    return this.#load(workspaceId);
  }

  #load(workspaceId: string): Promise<SnapshotResult> {
    const reading = read(this.#source, workspaceId);
    const answer = reading.then((loaded) =>
      loaded === undefined ? workspaceUnknown(workspaceId) : found(loaded.snapshot),
    );
    // SECURITY: nobody would tell of a change any more, and what was revoked would stay allowed.
    if (this.#isOpen) {
      this.#loading.set(workspaceId, answer);
      const isCurrent = (): boolean => this.#loading.get(workspaceId) === answer;
      const settle = (loaded: Loaded | undefined): void => {
        if (isCurrent()) {
          this.#loading.delete(workspaceId);
          this.#keep(workspaceId, loaded);
        }
      };
      // A failure is not kept: it may pass.
      const forget = (): void => void (isCurrent() && this.#loading.delete(workspaceId));
      reading.then(settle, forget);
    }
    return answer;
  }

  #keep(workspaceId: string, loaded: Loaded | undefined): void {
    if (loaded === undefined) {
      const { stopwatch, limits } = this.#parts;
      this.#unknownUntil.set(workspaceId, stopwatch() + limits.unknownMillis);
      return;
    }
    const { snapshot, bytes } = loaded;
    const answer = Promise.resolve(found(snapshot));
    // One that fills the memory alone is kept alone: to compile it for each check would be worse.
    const size = Math.min(bytes, this.#parts.limits.bytes);
    this.#kept.set(workspaceId, { revision: snapshot.revision, answer }, { size });
  }
}

function found(snapshot: WorkspaceSnapshot): SnapshotResult {
  return { ok: true, value: snapshot };
}

async function read(
  source: Pick<Storage, "readConfiguration">,
  workspaceId: string,
): Promise<Loaded | undefined> {
  const configuration = await source.readConfiguration(workspaceId);
  if (configuration === undefined) {
    return undefined;
  }
  // SECURITY: a storage that finds `ACME` under `acme` would give one workspace two names, in the log too.
  if (configuration.workspace.id !== workspaceId) {
    throw new Error(
      `workspace \`${workspaceId}\` was asked for, and \`${configuration.workspace.id}\` was read`,
    );
  }
  return { snapshot: compileSnapshot(configuration), bytes: estimateBytes(configuration) };
}

function estimateBytes(configuration: WorkspaceConfiguration): number {
  const { perCharacter, besides } = snapshotBytes;
  return JSON.stringify(configuration).length * perCharacter + besides;
}
