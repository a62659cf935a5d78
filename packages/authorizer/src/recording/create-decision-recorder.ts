import type { DecisionRecord } from "@byot/storage";
import type { Result } from "../result.js";
import type {
  DecisionRecorder,
  DecisionRecorderParts,
  Durability,
  RecorderStatus,
  RecordingFailure,
  RecordingLimits,
} from "./decision-recorder.js";
import { LogHealth } from "./log-health.js";
import { mostAtOnce, RecordQueue, type WaitingRecords } from "./record-queue.js";

type Recorded = Result<void, RecordingFailure>;

/** How much may wait unless other limits are given. */
const defaultLimits: Omit<RecordingLimits, "waitingOfWorkspace"> = {
  waiting: 10_000,
  waitMillis: 800,
  flushMillis: 50,
  probeMillis: 100,
};

const recorded: Recorded = { ok: true, value: undefined };

const notRecorded: Recorded = {
  ok: false,
  error: {
    code: "audit_unavailable",
    detail: "the decision could not be recorded and is therefore not answered",
    retryAfterSeconds: 1,
  },
};

/**
 * Writes decisions in groups: one write is under way at a time, and the next takes what has gathered meanwhile, so that
 * checks share the cost of making records durable. How much may wait is bounded; while the log fails, or takes longer
 * than a check may wait, nothing new is accepted but one record at a time that tries it.
 */
export function createDecisionRecorder(parts: DecisionRecorderParts): DecisionRecorder {
  return new GroupCommit(parts);
}

class GroupCommit implements DecisionRecorder {
  readonly #parts: DecisionRecorderParts;
  readonly #limits: RecordingLimits;
  readonly #queue: RecordQueue;
  readonly #health: LogHealth;
  // In the order in which they came: the first one's time is up first.
  readonly #awaited = new Set<WaitingRecords>();
  readonly #counts = { segments: 0, recorded: 0, refused: 0, lastFlushMillis: 0 };
  #isWriting = false;
  #cancelFlush: (() => void) | undefined;
  #cancelDeadline: (() => void) | undefined;
  #closing: Promise<void> | undefined;
  #finish: (() => void) | undefined;

  constructor(parts: DecisionRecorderParts) {
    const waiting = parts.limits?.waiting ?? defaultLimits.waiting;
    const waitingOfWorkspace = Math.ceil(waiting / 2);
    this.#parts = parts;
    this.#limits = { waitingOfWorkspace, ...defaultLimits, ...parts.limits };
    this.#queue = new RecordQueue(this.#limits);
    this.#health = new LogHealth(this.#limits.probeMillis);
  }

  record(records: readonly DecisionRecord[], durability: Durability): Promise<Recorded> {
    if (records.length > mostAtOnce) {
      throw new TypeError(`at most ${mostAtOnce} decisions can be recorded at once`);
    }
    const workspaceId = records[0]?.workspaceId;
    if (workspaceId === undefined) {
      return Promise.resolve(recorded);
    }
    const since = this.#parts.stopwatch();
    if (!this.#admits(workspaceId, records.length, since)) {
      this.#counts.refused += records.length;
      return Promise.resolve(notRecorded);
    }
    // While the log is failing, nobody is answered before it works again.
    if (durability === "buffered" && !this.#health.isFailing) {
      this.#queue.add({ workspaceId, records, since });
      this.#pump();
      return Promise.resolve(recorded);
    }
    return new Promise((answer) => {
      const waiting = { workspaceId, records, since, answer };
      this.#queue.add(waiting);
      this.#awaited.add(waiting);
      this.#watchDeadline();
      this.#pump();
    });
  }

  status(): RecorderStatus {
    const { queued, inFlight, oldestSince } = this.#queue;
    return {
      ...this.#counts,
      queued,
      inFlight,
      oldestMillis: oldestSince === undefined ? 0 : this.#parts.stopwatch() - oldestSince,
      isFailing: this.#health.isFailing,
    };
  }

  close(): Promise<void> {
    this.#closing ??= new Promise((resolve) => {
      this.#finish = resolve;
    });
    this.#pump();
    return this.#closing;
  }

  #admits(workspaceId: string, count: number, now: number): boolean {
    if (this.#closing !== undefined || !this.#queue.hasRoom(workspaceId, count)) {
      return false;
    }
    const isIdle = !this.#isWriting && this.#queue.queued === 0;
    return !this.#health.isFailing || (isIdle && this.#health.mayProbe(now));
  }

  /** Writes what is there, unless it can wait for more. */
  #pump(): void {
    if (this.#isWriting) {
      return;
    }
    const since = this.#queue.queuedSince;
    if (since === undefined) {
      this.#rest();
      return;
    }
    const left = since + this.#limits.flushMillis - this.#parts.stopwatch();
    if (left <= 0 || this.#isUrgent()) {
      void this.#write();
    } else {
      this.#cancelFlush ??= this.#parts.schedule(() => this.#flush(), left);
    }
  }

  #isUrgent(): boolean {
    const { isAwaited, queued } = this.#queue;
    return isAwaited || queued >= mostAtOnce || this.#closing !== undefined;
  }

  #flush(): void {
    this.#cancelFlush = undefined;
    this.#pump();
  }

  #rest(): void {
    if (this.#closing !== undefined) {
      this.#cancelFlush?.();
      this.#cancelDeadline?.();
      this.#finish?.();
    }
  }

  async #write(): Promise<void> {
    const group = this.#queue.take();
    this.#isWriting = true;
    const startedAt = this.#parts.stopwatch();
    try {
      await this.#parts.log.append(group.flatMap(({ records }) => records));
      this.#health.worked();
      this.#counts.segments += new Set(group.map(({ workspaceId }) => workspaceId)).size;
      this.#counts.recorded += this.#queue.inFlight;
      this.#settle(group, recorded);
    } catch (error) {
      this.#health.failed(error, this.#parts.stopwatch());
      this.#counts.refused += countOf(group.filter((waiting) => !this.#wasRefused(waiting)));
      this.#settle(group, notRecorded);
      this.#report(error, group);
    }
    this.#counts.lastFlushMillis = this.#parts.stopwatch() - startedAt;
    this.#queue.land();
    this.#isWriting = false;
    this.#pump();
  }

  #settle(group: readonly WaitingRecords[], result: Recorded): void {
    for (const waiting of group) {
      if (this.#awaited.delete(waiting)) {
        waiting.answer?.(result);
      }
    }
  }

  #wasRefused(waiting: WaitingRecords): boolean {
    return waiting.answer !== undefined && !this.#awaited.has(waiting);
  }

  #report(error: unknown, group: readonly WaitingRecords[]): void {
    const answered = countOf(group.filter(({ answer }) => answer === undefined));
    try {
      this.#parts.onNotRecorded({ error, count: countOf(group), answered });
    } catch {
      // Whoever cannot be told must not keep the other records from being written.
    }
  }

  #watchDeadline(): void {
    if (this.#cancelDeadline !== undefined) {
      return;
    }
    const [oldest] = this.#awaited;
    if (oldest !== undefined) {
      const left = oldest.since + this.#limits.waitMillis - this.#parts.stopwatch();
      this.#cancelDeadline = this.#parts.schedule(() => this.#expire(), Math.max(left, 0));
    }
  }

  #expire(): void {
    this.#cancelDeadline = undefined;
    const now = this.#parts.stopwatch();
    for (const waiting of this.#awaited) {
      if (now - waiting.since < this.#limits.waitMillis) {
        break;
      }
      this.#awaited.delete(waiting);
      this.#queue.abandon(waiting);
      this.#counts.refused += waiting.records.length;
      this.#health.wasSlow(now);
      waiting.answer?.(notRecorded);
    }
    this.#watchDeadline();
  }
}

function countOf(group: readonly WaitingRecords[]): number {
  return group.reduce((count, { records }) => count + records.length, 0);
}
