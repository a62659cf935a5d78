import type { DecisionRecord } from "@byot/storage";
import type { Result } from "../result.js";
import type { RecordingFailure } from "./decision-recorder.js";

/** Records of one check, or of one batch of them: written together or not at all. */
export interface WaitingRecords {
  /** The workspace of all of them. */
  readonly workspaceId: string;
  /** The records; at least one. */
  readonly records: readonly DecisionRecord[];
  /** Since when they wait, by the stopwatch. */
  readonly since: number;
  /** Tells the check that waits for them; absent where none does. */
  readonly answer?: (result: Result<void, RecordingFailure>) => void;
}

/** How many records may wait. */
export interface QueueLimits {
  /** In all. */
  readonly waiting: number;
  /** Of one workspace. */
  readonly waitingOfWorkspace: number;
}

/** The most records that a decision log takes at once. */
export const mostAtOnce = 512;

/** Records that wait to be written, first come, first served, and those on their way to the log. */
export class RecordQueue {
  readonly #limits: QueueLimits;
  // A set iterates in order of insertion: the first one is the oldest.
  readonly #queued = new Set<WaitingRecords>();
  readonly #countOfWorkspace = new Map<string, number>();
  #flying: readonly WaitingRecords[] = [];
  #queuedCount = 0;
  #flyingCount = 0;
  #awaited = 0;

  /** Starts empty. */
  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  /** How many records wait to be taken. */
  get queued(): number {
    return this.#queuedCount;
  }

  /** How many records were taken and have not landed. */
  get inFlight(): number {
    return this.#flyingCount;
  }

  /** Whether some check waits for records that were not taken yet. */
  get isAwaited(): boolean {
    return this.#awaited > 0;
  }

  /** Since when the oldest record waits that was not taken; `undefined` when there is none. */
  get queuedSince(): number | undefined {
    return first(this.#queued)?.since;
  }

  /** Since when the oldest record waits, taken or not; `undefined` when there is none. */
  get oldestSince(): number | undefined {
    return this.#flying[0]?.since ?? this.queuedSince;
  }

  /** Whether a workspace may have so many more wait. */
  hasRoom(workspaceId: string, count: number): boolean {
    const { waiting, waitingOfWorkspace } = this.#limits;
    const ofWorkspace = this.#countOfWorkspace.get(workspaceId) ?? 0;
    return (
      this.#queuedCount + this.#flyingCount + count <= waiting &&
      ofWorkspace + count <= waitingOfWorkspace
    );
  }

  /** Puts records behind all others. */
  add(waiting: WaitingRecords): void {
    this.#queued.add(waiting);
    this.#queuedCount += waiting.records.length;
    this.#awaited += awaitedBy(waiting);
    this.#count(waiting, 1);
  }

  /** Takes the oldest, as many as can be written at once. What was taken before must have landed. */
  take(): readonly WaitingRecords[] {
    const taken: WaitingRecords[] = [];
    let count = 0;
    for (const waiting of this.#queued) {
      if (count + waiting.records.length > mostAtOnce) {
        break;
      }
      count += waiting.records.length;
      this.#unqueue(waiting);
      taken.push(waiting);
    }
    this.#flying = taken;
    this.#flyingCount = count;
    return taken;
  }

  /** Forgets what was taken. */
  land(): void {
    for (const waiting of this.#flying) {
      this.#count(waiting, -1);
    }
    this.#flying = [];
    this.#flyingCount = 0;
  }

  /** Forgets records that were not taken yet; leaves those that were on their way. */
  abandon(waiting: WaitingRecords): void {
    if (this.#queued.has(waiting)) {
      this.#unqueue(waiting);
      this.#count(waiting, -1);
    }
  }

  #unqueue(waiting: WaitingRecords): void {
    this.#queued.delete(waiting);
    this.#queuedCount -= waiting.records.length;
    this.#awaited -= awaitedBy(waiting);
  }

  #count({ workspaceId, records }: WaitingRecords, sign: 1 | -1): void {
    const count = (this.#countOfWorkspace.get(workspaceId) ?? 0) + sign * records.length;
    if (count === 0) {
      this.#countOfWorkspace.delete(workspaceId);
    } else {
      this.#countOfWorkspace.set(workspaceId, count);
    }
  }
}

function awaitedBy({ answer }: WaitingRecords): number {
  return answer === undefined ? 0 : 1;
}

function first<Item>(items: Iterable<Item>): Item | undefined {
  for (const item of items) {
    return item;
  }
  return undefined;
}
