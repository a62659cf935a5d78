import type { Limits } from "../limits.js";
import { fail } from "../result.js";
import type { Wait } from "../wait.js";
import type { DocumentFetcher } from "./document-fetcher.js";

/** What a queue is made of. */
export interface FetchQueueParts {
  /** Fetches one document. */
  readonly fetcher: DocumentFetcher;
  /** Lets time pass. */
  readonly wait: Wait;
  /** How many fetches may run, and how many may wait. */
  readonly limits: Limits;
}

/** Tells somebody who waits that it is their turn. */
type Turn = () => void;

/**
 * Fetches a bounded number of documents at a time, for all and for each workspace, and lets workspaces take
 * turns: one with many slow issuers keeps nobody else waiting. A fetch whose turn does not come in the time
 * that a fetch may take fails, and so does one that finds the queue full.
 */
export class FetchQueue {
  readonly #parts: FetchQueueParts;
  /** Those who wait, by workspace. The workspace whose turn is longest ago comes first. */
  readonly #waiting = new Map<string, Set<Turn>>();
  readonly #running = new Map<string, number>();
  #runningCount = 0;
  #waitingCount = 0;

  /** Starts empty. */
  constructor(parts: FetchQueueParts) {
    this.#parts = parts;
  }

  /** The fetcher for one workspace, which waits for its turn. */
  fetcherFor(workspaceId: string): DocumentFetcher {
    return async (request) => {
      if (!(await this.#takeTurn(workspaceId))) {
        return fail({ code: "fetch_queue_full", message: "too many fetches are under way" });
      }
      try {
        return await this.#parts.fetcher(request);
      } finally {
        this.#end(workspaceId);
      }
    };
  }

  async #takeTurn(workspaceId: string): Promise<boolean> {
    if (this.#hasRoom(workspaceId)) {
      this.#begin(workspaceId);
      return true;
    }
    const { queuedFetches } = this.#parts.limits;
    return this.#waitingCount < queuedFetches && (await this.#waitForTurn(workspaceId));
  }

  async #waitForTurn(workspaceId: string): Promise<boolean> {
    const granted = new AbortController();
    const turn: Turn = () => granted.abort();
    this.#enqueue(workspaceId, turn);
    await this.#parts.wait(this.#parts.limits.fetchMilliseconds, granted.signal);
    this.#dequeue(workspaceId, turn);
    return granted.signal.aborted;
  }

  #hasRoom(workspaceId: string): boolean {
    const { concurrentFetches, workspaceFetches } = this.#parts.limits;
    const own = this.#running.get(workspaceId) ?? 0;
    return this.#runningCount < concurrentFetches && own < workspaceFetches;
  }

  #begin(workspaceId: string): void {
    this.#runningCount += 1;
    this.#running.set(workspaceId, (this.#running.get(workspaceId) ?? 0) + 1);
  }

  #end(workspaceId: string): void {
    this.#runningCount -= 1;
    const own = (this.#running.get(workspaceId) ?? 0) - 1;
    if (own > 0) {
      this.#running.set(workspaceId, own);
    } else {
      this.#running.delete(workspaceId);
    }
    this.#grantTurn();
  }

  #enqueue(workspaceId: string, turn: Turn): void {
    const turns = this.#waiting.get(workspaceId) ?? new Set();
    this.#waiting.set(workspaceId, turns.add(turn));
    this.#waitingCount += 1;
  }

  #dequeue(workspaceId: string, turn: Turn): void {
    const turns = this.#waiting.get(workspaceId);
    if (turns?.delete(turn) === true) {
      this.#waitingCount -= 1;
      if (turns.size === 0) {
        this.#waiting.delete(workspaceId);
      }
    }
  }

  /** Gives the free place to the first workspace that may have it, and puts that one at the end. */
  #grantTurn(): void {
    for (const [workspaceId, turns] of this.#waiting) {
      const [turn] = turns;
      if (turn !== undefined && this.#hasRoom(workspaceId)) {
        this.#dequeue(workspaceId, turn);
        if (this.#waiting.delete(workspaceId)) {
          this.#waiting.set(workspaceId, turns);
        }
        this.#begin(workspaceId);
        turn();
        return;
      }
    }
  }
}
