import { StorageError } from "@byot/storage";

/** Remembers whether the log could be written, so that nobody waits in vain while it cannot. */
export class LogHealth {
  readonly #probeMillis: number;
  #failedAt: number | undefined;

  /** Starts well. */
  constructor(probeMillis: number) {
    this.#probeMillis = probeMillis;
  }

  /** Whether the log failed, or took too long, when it was last asked. */
  get isFailing(): boolean {
    return this.#failedAt !== undefined;
  }

  /** Whether a failing log may be tried again. */
  mayProbe(now: number): boolean {
    return this.#failedAt !== undefined && now - this.#failedAt >= this.#probeMillis;
  }

  /** It has written something. */
  worked(): void {
    this.#failedAt = undefined;
  }

  /** It took too long. */
  wasSlow(now: number): void {
    this.#failedAt = now;
  }

  /** It has refused something. What is wrong with the records says nothing of the log. */
  failed(error: unknown, now: number): void {
    if (!isOfRecords(error)) {
      this.#failedAt = now;
    }
  }
}

function isOfRecords(error: unknown): boolean {
  return (
    error instanceof TypeError || (error instanceof StorageError && error.code === "ALREADY_EXISTS")
  );
}
