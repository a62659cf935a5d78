import { createTurns } from "@byot/storage";
import { inMemoryPath } from "../database-paths.js";
import type { SqliteDatabase } from "../open-database.js";
import { createInlineHost } from "../workers/inline-host.js";
import { createWorkerHost } from "../workers/worker-host.js";
import { createDecisionReader } from "./decision-reader.js";
import { createDecisionWriter } from "./decision-writer.js";
import type { ReaderHost } from "./reader-calls.js";
import type { WriterHost } from "./writer-calls.js";

/** Where the calls of a decision log are carried out. */
export interface DecisionHosts {
  /** What writes. */
  readonly writer: WriterHost;
  /** What reads for long. */
  readonly reader: ReaderHost;
}

/** Which database it is. */
export interface DecisionHostOptions {
  /** Its file, or `:memory:`. */
  readonly path: string;
  /** How long a call waits for the lock of another connection, in milliseconds. */
  readonly busyTimeoutMillis: number;
}

// More than a transaction of the writer takes unless the disk hangs, and less than whoever stops a process waits before
// killing it.
const closeWithinMillis = 5000;

/** Has the calls carried out by threads with connections of their own; in this one when everything is in memory. */
export function createDecisionHosts(
  database: SqliteDatabase,
  options: DecisionHostOptions,
): DecisionHosts {
  return options.path === inMemoryPath ? inThisThread(database) : inThreads(options);
}

function inThisThread({ $client: client }: SqliteDatabase): DecisionHosts {
  const turns = createTurns();
  return {
    writer: createInlineHost(createDecisionWriter(client), turns),
    // There is only one connection, and nothing is written through it while this has its turn.
    reader: createInlineHost(
      createDecisionReader({ client, snapshot: (read) => read(client) }),
      turns,
    ),
  };
}

function inThreads(data: DecisionHostOptions): DecisionHosts {
  return {
    writer: createWorkerHost({
      title: "decision log's writer",
      script: scriptOf("decision-writer-worker"),
      data,
      closeWithinMillis,
    }),
    // What is only read can be broken off, between two statements; one that takes longer than a second is left behind.
    reader: createWorkerHost({
      title: "decision log's reader",
      script: scriptOf("decision-reader-worker"),
      data,
      closeWithinMillis: 0,
    }),
  };
}

/** The compiled script of a thread: from `src` as well as from `dist`, it is in the `dist` that is two folders up. */
function scriptOf(name: string): URL {
  return new URL(`../../dist/workers/${name}.js`, import.meta.url);
}
