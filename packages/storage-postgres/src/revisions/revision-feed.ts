import { StorageError, type RevisionChange } from "@byot/storage";
import { toStorageError } from "../postgres-errors.js";
import type { CompleteOptions } from "../storage-options.js";
import {
  beforeEverything,
  openRevisionConnection,
  type Horizon,
  type RevisionConnection,
} from "./revision-connection.js";

/** Tells of every change of a revision, whoever made it. */
export interface RevisionFeed {
  /** Tells of a change that was made through this storage and is committed. */
  tell(change: RevisionChange): void;
  /** How long ago it was last certain that everything had been told, in milliseconds. */
  millisSinceConfirmed(): number;
  /** Tells nothing any more. */
  stop(): void;
}

/** What a feed is made with. */
export interface RevisionFeedParts {
  /** Where to ask, and how often. */
  readonly options: CompleteOptions;
  /** Tells the listeners. */
  readonly announce: (change: RevisionChange) => void;
  /** A clock that is never set, in milliseconds. */
  readonly monotonicMillis: () => number;
}

/** What a feed knows. */
interface FeedState {
  /** The last revision that was told of each workspace. */
  readonly told: Map<string, number>;
  connection: RevisionConnection | undefined;
  horizon: Horizon;
  confirmedAt: number;
  timer: NodeJS.Timeout | undefined;
  isAsking: boolean;
  askAgain: boolean;
  isStopped: boolean;
}

const reconnectMillis = 250;

/**
 * Starts telling. A notification makes it ask at once; it asks every so often anyway, since notifications get lost with
 * their connection. After a new connection it asks for everything.
 *
 * @throws Error of the database when it cannot be asked now.
 */
export async function startRevisionFeed(parts: RevisionFeedParts): Promise<RevisionFeed> {
  const state: FeedState = {
    told: new Map(),
    connection: undefined,
    horizon: beforeEverything,
    confirmedAt: parts.monotonicMillis(),
    timer: undefined,
    isAsking: false,
    askAgain: false,
    isStopped: false,
  };
  const asker = createAsker(state, parts);
  try {
    await asker.askOnce();
  } catch (error) {
    state.connection?.end();
    throw error;
  }
  asker.askLater(parts.options.pollIntervalMillis);
  return {
    tell: (change) => tellNew(state, parts, change),
    millisSinceConfirmed: () => parts.monotonicMillis() - state.confirmedAt,
    stop() {
      state.isStopped = true;
      clearTimeout(state.timer);
      state.connection?.end();
    },
  };
}

function tellNew(state: FeedState, { announce }: RevisionFeedParts, change: RevisionChange): void {
  const { workspaceId, revision } = change;
  if (!state.isStopped && revision > (state.told.get(workspaceId) ?? 0)) {
    state.told.set(workspaceId, revision);
    announce(change);
  }
}

interface Asker {
  /** Asks, on a new connection if need be. */
  askOnce(): Promise<void>;
  /** Asks after a time, and from then on every so often. */
  askLater(millis: number): void;
}

function createAsker(state: FeedState, parts: RevisionFeedParts): Asker {
  const { options, monotonicMillis } = parts;

  async function askOnce(): Promise<void> {
    const connection = state.connection ?? (await connect());
    const askedAt = monotonicMillis();
    const { changes, horizon } = await connection.changesSince(state.horizon);
    changes.forEach((change) => tellNew(state, parts, change));
    state.horizon = horizon;
    state.confirmedAt = askedAt;
  }

  async function connect(): Promise<RevisionConnection> {
    state.horizon = beforeEverything;
    const connection = await openRevisionConnection(options, {
      onNotification: () => void askNow(),
      onLost(error) {
        report(error);
        drop();
        askLater(reconnectMillis);
      },
    });
    if (state.isStopped) {
      connection.end();
      throw new StorageError("CLOSED", "the storage was closed");
    }
    state.connection = connection;
    return connection;
  }

  async function askNow(): Promise<void> {
    if (state.isAsking || state.isStopped) {
      state.askAgain = true;
      return;
    }
    state.isAsking = true;
    state.askAgain = false;
    const next = await askCarefully();
    state.isAsking = false;
    askLater(state.askAgain ? 0 : next);
  }

  /** Resolves to when to ask again, in milliseconds. */
  async function askCarefully(): Promise<number> {
    try {
      await askOnce();
      return options.pollIntervalMillis;
    } catch (error) {
      report(error);
      drop();
      return Math.min(reconnectMillis, options.pollIntervalMillis);
    }
  }

  function askLater(millis: number): void {
    clearTimeout(state.timer);
    if (!state.isStopped) {
      state.timer = setTimeout(() => void askNow(), millis);
      state.timer.unref();
    }
  }

  function drop(): void {
    state.connection?.end();
    state.connection = undefined;
  }

  function report(error: unknown): void {
    const failure = toStorageError(error);
    if (failure instanceof StorageError && !state.isStopped) {
      options.onBackgroundError(failure);
    }
  }

  return { askOnce, askLater };
}
