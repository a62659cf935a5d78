import { StorageError, type RevisionChange } from "@byot/storage";
import type { CompleteOptions } from "../storage-options.js";
import {
  beforeEverything,
  openRevisionConnection,
  type ConnectionListeners,
  type RevisionConnection,
} from "./revision-connection.js";

/** What may have changed. */
export interface RevisionAnswer {
  /** The workspaces, with their revisions now. */
  readonly changes: readonly RevisionChange[];
  /**
   * Whether it is every workspace there is, as the first answer of a connection. It may be another database than the
   * one before, which took its place and has not all that was told.
   */
  readonly isWhole: boolean;
}

/** Knows what was changed since it was asked last. */
export interface RevisionSource {
  /** The workspaces that may have changed since the last answer. After a failure it connects anew, and knows all. */
  ask(): Promise<RevisionAnswer>;
  /** Ends its connection for good. Never rejects. */
  end(): Promise<void>;
}

/** Makes a source; it connects when it is asked. */
export function createRevisionSource(
  options: CompleteOptions,
  { onNotification, onLost }: ConnectionListeners,
): RevisionSource {
  let connection: RevisionConnection | undefined;
  let horizon = beforeEverything;
  let isEnded = false;

  async function drop(): Promise<void> {
    const dropped = connection;
    connection = undefined;
    await dropped?.end();
  }

  async function connect(): Promise<RevisionConnection> {
    horizon = beforeEverything;
    const opened = await openRevisionConnection(options, {
      onNotification,
      onLost(error) {
        void drop();
        onLost(error);
      },
    });
    if (isEnded) {
      await opened.end();
      throw new StorageError("CLOSED", "the storage was closed");
    }
    connection = opened;
    return opened;
  }

  return {
    async ask() {
      try {
        const isWhole = connection === undefined;
        const { changes, horizon: next } = await (connection ?? (await connect())).changesSince(
          horizon,
        );
        horizon = next;
        return { changes, isWhole };
      } catch (error) {
        void drop();
        throw error;
      }
    },
    end() {
      isEnded = true;
      return drop();
    },
  };
}
