/** Does a work every so often, and at once when it is asked to; never twice at a time. */
export interface Repeater {
  /** Does the work for the first time, and repeats it from then on unless it fails. */
  start(): Promise<void>;
  /** Does it now, or again right after it when it is being done: it may have missed what it is asked for. */
  now(): void;
  /** Does it no more. */
  stop(): void;
}

/** What is repeated. */
export interface RepeaterParts {
  /** The work. Its failures are told to `onError`, but for the first one. */
  readonly work: () => Promise<void>;
  /** Is told of failures. */
  readonly onError: (error: unknown) => void;
  /** How long to wait before it is done again, in milliseconds. */
  readonly intervalMillis: number;
  /** How long to wait after a failure, in milliseconds. */
  readonly retryMillis: number;
}

/** Makes a repeater, which keeps no process alive. */
export function createRepeater(parts: RepeaterParts): Repeater {
  const { work, onError, intervalMillis, retryMillis } = parts;
  let timer: NodeJS.Timeout | undefined;
  let isBusy = false;
  let isAskedAgain = false;
  let isStopped = false;

  function schedule(millis: number): void {
    clearTimeout(timer);
    if (!isStopped) {
      timer = setTimeout(now, isAskedAgain ? 0 : millis);
      timer.unref();
    }
  }

  async function attempt(): Promise<void> {
    isBusy = true;
    isAskedAgain = false;
    try {
      await work();
      schedule(intervalMillis);
    } finally {
      isBusy = false;
    }
  }

  function now(): void {
    if (isBusy) {
      isAskedAgain = true;
    } else if (!isStopped) {
      attempt().catch((error: unknown) => {
        onError(error);
        schedule(retryMillis);
      });
    }
  }

  return {
    start: attempt,
    now,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
