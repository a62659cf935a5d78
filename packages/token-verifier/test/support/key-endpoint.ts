import type { DocumentFetcher, DocumentRequest, FetchedDocument, Wait } from "@byot/token-verifier";
import type { SigningKey } from "./signing-key.js";

type Answer = Awaited<ReturnType<DocumentFetcher>>;

/** A network of one address, without a network: what it answers, and when, is up to the test. */
export interface KeyEndpoint {
  readonly fetcher: DocumentFetcher;
  /** What was asked for so far. */
  readonly requests: readonly DocumentRequest[];
  /** How many requests have no answer yet. */
  readonly open: () => number;
  /** From now on there are these keys. */
  publish(keys: readonly SigningKey[], headers?: Pick<FetchedDocument, "maxAgeSeconds">): void;
  /** From now on every request fails. */
  fail(): void;
  /** From now on answers are held back. */
  hold(): void;
  /** From now on answers come at once, and those held back come now, as they were when asked for. */
  release(): Promise<void>;
}

export function createKeyEndpoint(...keys: readonly SigningKey[]): KeyEndpoint {
  const requests: DocumentRequest[] = [];
  const held: (() => void)[] = [];
  let isHolding = false;
  let answer = answerWith(keys, {});
  return {
    fetcher: (request) => {
      requests.push(request);
      const current = answer;
      return isHolding
        ? new Promise((resolve) => {
            held.push(() => resolve(current));
          })
        : Promise.resolve(current);
    },
    requests,
    open: () => held.length,
    publish: (published, headers = {}) => {
      answer = answerWith(published, headers);
    },
    fail: () => {
      answer = { ok: false, error: { code: "unreachable", message: "nobody is there" } };
    },
    hold: () => {
      isHolding = true;
    },
    release: async () => {
      isHolding = false;
      for (const resolve of held.splice(0)) {
        resolve();
      }
      await settle();
    },
  };
}

function answerWith(
  keys: readonly SigningKey[],
  headers: Pick<FetchedDocument, "maxAgeSeconds">,
): Answer {
  const text = JSON.stringify({ keys: keys.map(({ jwk }) => jwk) });
  return { ok: true, value: { bytes: new TextEncoder().encode(text), ...headers } };
}

/** Lets everything happen that waits for nothing from outside, the import of keys included. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

/** Time that passes for those who wait when the test says so. */
export interface HandWait {
  readonly wait: Wait;
  /** How long those who wait now want to. */
  readonly pending: () => readonly number[];
  /** Lets all of them have waited long enough. */
  elapse(): Promise<void>;
}

export function createHandWait(): HandWait {
  const pending = new Map<() => void, number>();
  return {
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        const finish = (): void => {
          pending.delete(finish);
          resolve();
        };
        pending.set(finish, milliseconds);
        signal.addEventListener("abort", finish, { once: true });
      }),
    pending: () => [...pending.values()],
    elapse: async () => {
      for (const finish of pending.keys()) {
        finish();
      }
      await settle();
    },
  };
}
