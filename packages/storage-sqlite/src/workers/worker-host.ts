import { Worker } from "node:worker_threads";
import { StorageError } from "@byot/storage";
import type { CallHost, CallTypes, ReplyMessage } from "./call-types.js";
import { unpackError } from "./wire-error.js";

/** Which thread carries calls out. */
export interface WorkerHostOptions {
  /** Its script. */
  readonly script: URL;
  /** What it is told when it starts: plain data. */
  readonly data: unknown;
  /** What it does, for the message of an error. */
  readonly title: string;
  /** How long it may take to end by itself when the host is closed, in milliseconds; 0 ends it at once. A second later it is left behind. */
  readonly closeWithinMillis: number;
}

/** A call that waits for its reply. */
interface WaitingCall {
  readonly settle: (reply: ReplyMessage<never>) => void;
  readonly reject: (error: Error) => void;
}

/** A running thread. */
interface RunningWorker {
  readonly worker: Worker;
  readonly waiting: Map<number, WaitingCall>;
  readonly ended: Promise<void>;
  /** Rejects all that wait for it. */
  readonly abandon: () => void;
}

const terminateMillis = 1000;

/**
 * Has calls carried out by a thread, which is started for the first call. When it dies, all that wait for it are
 * rejected with code `UNAVAILABLE`, and the next call starts another one. The thread keeps the process alive only as
 * long as a call waits for it.
 */
export function createWorkerHost<Calls extends CallTypes<Calls>>(
  options: WorkerHostOptions,
): CallHost<Calls> {
  let running: RunningWorker | undefined;
  let closed = false;
  let lastId = 0;

  function start(): RunningWorker {
    const started = startWorker(options, () => {
      if (running === started) {
        running = undefined;
      }
    });
    return started;
  }

  return {
    async call(name, argument) {
      if (closed) {
        throw new StorageError("CLOSED", `the ${options.title} was closed`);
      }
      running ??= start();
      lastId += 1;
      return post(running, { id: lastId, name, argument });
    },
    async close() {
      closed = true;
      if (running !== undefined) {
        await end(running, options.closeWithinMillis);
      }
    },
  };
}

function startWorker({ script, data, title }: WorkerHostOptions, onEnd: () => void): RunningWorker {
  // The process's own flags are left out: one that leads imports to sources would keep compiled code from starting.
  const worker = new Worker(script, { workerData: data, name: title, execArgv: [] });
  const waiting = new Map<number, WaitingCall>();
  let cause: unknown;
  worker.unref();
  worker.on("message", (reply: ReplyMessage<never>) => {
    waiting.get(reply.id)?.settle(reply);
  });
  worker.on("error", (error) => {
    cause = error;
  });
  function abandon(): void {
    const error = new StorageError("UNAVAILABLE", `the thread of the ${title} has ended`, {
      cause,
    });
    for (const { reject } of waiting.values()) {
      reject(error);
    }
    waiting.clear();
  }
  const ended = new Promise<void>((resolve) => {
    worker.on("exit", () => {
      onEnd();
      abandon();
      resolve();
    });
  });
  return { worker, waiting, ended, abandon };
}

async function post<Answer>(
  { worker, waiting }: RunningWorker,
  message: { readonly id: number; readonly name: PropertyKey; readonly argument: unknown },
): Promise<Answer> {
  worker.ref();
  try {
    return await new Promise<Answer>((resolve, reject) => {
      const settle = (reply: ReplyMessage<Answer>): void => {
        if ("error" in reply) {
          reject(unpackError(reply.error));
        } else {
          resolve(reply.answer);
        }
      };
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage(message);
      waiting.set(message.id, { settle, reject });
    });
  } finally {
    waiting.delete(message.id);
    if (waiting.size === 0) {
      worker.unref();
    }
  }
}

/**
 * Lets a thread do what it was given, and ends it. Nothing interrupts a statement of SQLite: a thread that is in the
 * middle of one is left behind, and ends after it.
 */
async function end(running: RunningWorker, withinMillis: number): Promise<void> {
  const { worker, ended, abandon } = running;
  worker.ref();
  if (withinMillis > 0) {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.postMessage(null);
    await Promise.race([ended, delay(withinMillis, ended)]);
  }
  void worker.terminate();
  await Promise.race([ended, delay(terminateMillis, ended)]);
  abandon();
  worker.unref();
}

/** Takes that long, or until the other thing has happened. */
function delay(millis: number, other: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    void other.finally(() => clearTimeout(timer));
  });
}
