import type { RefusalRecorder, RefusalRecorderParts, RefusedToken } from "./refusal-recorder.js";
import { RefusalSecond } from "./refusal-second.js";
import { countAlone, mergeTallies, type RefusalTally, tallyOf } from "./refusal-tally.js";

/** The most records that wait to be written. */
const mostWaiting = 1_000;
/** The most workspaces of which refused tokens are counted for which there is no room. */
const mostWorkspaces = 1_000;
/** How long a record waits, in milliseconds. */
const flushMillis = 200;
/** How long after a failed write the next one is tried, in milliseconds. */
const retryMillis = 2_000;

/**
 * Records refused tokens in the background, in bounded memory. Past ten a second of one workspace and source, the rest
 * of that second is one record for each code. Where there is no room, or a write fails, what remains is one record for
 * each workspace with their number; where even that cannot be written, the number is reported.
 */
export function createRefusalRecorder(parts: RefusalRecorderParts): RefusalRecorder {
  return new BackgroundRefusals(parts);
}

class BackgroundRefusals implements RefusalRecorder {
  readonly #parts: RefusalRecorderParts;
  readonly #gathering = new RefusalSecond();
  readonly #countsOfWorkspace = new Map<string, RefusalTally>();
  #waiting: RefusalTally[] = [];
  #second = 0;
  #lost = 0;
  #isOpen = true;
  #writing: Promise<void> | undefined;
  #cancelFlush: (() => void) | undefined;
  #closing: Promise<void> | undefined;

  constructor(parts: RefusalRecorderParts) {
    this.#parts = parts;
  }

  record(refused: RefusedToken, source: string | undefined): void {
    if (this.#isOpen) {
      this.#endPastSecond();
      this.#place(refused, source ?? "");
    } else {
      this.#lost += 1;
    }
    this.#flushIn(flushMillis);
  }

  close(): Promise<void> {
    this.#isOpen = false;
    this.#closing ??= this.#drain();
    return this.#closing;
  }

  #place(refused: RefusedToken, source: string): void {
    const place = this.#gathering.place(refused, source);
    if (place === "alone") {
      this.#keep(tallyOf(refused));
    } else if (place === "uncounted") {
      this.#count(tallyOf(refused));
    }
  }

  #endPastSecond(): void {
    const second = Math.floor(this.#parts.stopwatch() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#endSecond();
    }
  }

  #endSecond(): void {
    for (const tally of this.#gathering.end()) {
      this.#keep(tally);
    }
  }

  #keep(tally: RefusalTally): void {
    if (this.#waiting.length < mostWaiting) {
      this.#waiting.push(tally);
    } else {
      this.#count(tally);
    }
  }

  #count(tally: RefusalTally): void {
    const known = this.#countsOfWorkspace.get(tally.workspaceId);
    if (known === undefined && this.#countsOfWorkspace.size >= mostWorkspaces) {
      this.#lost += tally.count;
      return;
    }
    const counted = countAlone(tally);
    const merged = known === undefined ? counted : mergeTallies(known, counted);
    this.#countsOfWorkspace.set(tally.workspaceId, merged);
  }

  #hasWork(): boolean {
    const waiting = this.#waiting.length + this.#countsOfWorkspace.size + this.#lost;
    return waiting > 0 || this.#gathering.isGathering;
  }

  #flushIn(millis: number): void {
    this.#cancelFlush ??= this.#parts.schedule(() => {
      this.#cancelFlush = undefined;
      this.#endPastSecond();
      this.#writing ??= this.#write();
    }, millis);
  }

  async #write(): Promise<void> {
    const waiting = this.#waiting;
    const counts = [...this.#countsOfWorkspace.values()];
    this.#waiting = [];
    this.#countsOfWorkspace.clear();
    const isWritten = await this.#append([...waiting, ...counts]);
    if (!isWritten) {
      waiting.forEach((tally) => this.#count(tally));
      this.#lost += counts.reduce((sum, { count }) => sum + count, 0);
    }
    this.#reportLost();
    this.#writing = undefined;
    if (this.#isOpen && this.#hasWork()) {
      this.#flushIn(isWritten ? flushMillis : retryMillis);
    }
  }

  async #append(tallies: readonly RefusalTally[]): Promise<boolean> {
    try {
      if (tallies.length > 0) {
        const { createId, log } = this.#parts;
        await log.appendRefusals(tallies.map((tally) => ({ refusalId: createId(), ...tally })));
      }
      return true;
    } catch {
      return false;
    }
  }

  #reportLost(): void {
    const lost = this.#lost;
    this.#lost = 0;
    try {
      if (lost > 0) {
        this.#parts.onRefusalsLost(lost);
      }
    } catch {
      // There is nobody else to tell.
    }
  }

  async #drain(): Promise<void> {
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
    await this.#writing;
    this.#endSecond();
    if (this.#hasWork()) {
      this.#writing = this.#write();
      await this.#drain();
    }
  }
}
