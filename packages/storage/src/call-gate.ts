import { StorageError } from "./storage-error.js";

/** Stands before every method of a storage. */
export interface CallGate {
  /**
   * Does the work of one method.
   *
   * @throws StorageError with code `CLOSED` when the gate is closed, else what `translate` makes of the work's error.
   */
  run<Answer>(work: () => Answer | Promise<Answer>): Promise<Answer>;
  /** Whether {@link CallGate.close} was called. */
  isClosed(): boolean;
  /** Lets nothing through any more. @returns Whether it was open. */
  close(): boolean;
  /** @throws StorageError with code `CLOSED` when the gate is closed. */
  checkOpen(): void;
}

/**
 * Makes the methods of a storage keep two promises: nothing works after `close`, and a database's errors leave as
 * `StorageError`.
 *
 * @param translate - Makes a `StorageError` of a database's error; any other error it answers as it is.
 */
export function createCallGate(translate: (error: unknown) => Error): CallGate {
  let closed = false;

  function checkOpen(): void {
    if (closed) {
      throw new StorageError("CLOSED", "the storage was closed");
    }
  }

  return {
    async run(work) {
      checkOpen();
      try {
        return await work();
      } catch (error) {
        throw translate(error);
      }
    },
    isClosed: () => closed,
    close() {
      const wasOpen = !closed;
      closed = true;
      return wasOpen;
    },
    checkOpen,
  };
}
