import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { tokenFor } from "./audited-service.js";

/** One check as its caller saw it. */
export interface AnsweredCheck {
  /** What the caller may expect: managers are allowed, members denied. */
  readonly expected: "Allow" | "Deny";
  /** HTTP status. */
  readonly status: number;
  /** The decision; absent when there was none. */
  readonly decision?: string;
  /** Its id. */
  readonly decisionId?: string;
  /** Why there was none. */
  readonly code?: string;
  /** When the answer was there, as `performance.now()`. */
  readonly at: number;
  /** How long it took, in milliseconds. */
  readonly millis: number;
}

/** Callers who ask one question after the other. */
export interface Load {
  /** All answers so far. */
  readonly answers: readonly AnsweredCheck[];
  /** Resolves once `count` checks have been decided since the start. */
  decided(count: number): Promise<void>;
  /** Resolves with the first decision from now on. */
  nextDecision(): Promise<AnsweredCheck>;
  /** Lets nobody ask again, and waits for the last answers. */
  stop(): Promise<void>;
}

/** Where and how to ask. */
export interface LoadOptions {
  /** The server. */
  readonly url: string;
  /** How many callers ask at once. */
  readonly callers: number;
  /** Whether a caller stops at the first connection that fails: the server is gone for good. */
  readonly endsWithServer: boolean;
}

const answerSchema = z.object({
  data: z.object({ decision: z.string(), decisionId: z.string() }).optional(),
  code: z.string().optional(),
});
const patienceMillis = 30_000;
const retryMillis = 20;

/** Starts callers, one half of them managers and the other members. */
export function startLoad({ url, callers, endsWithServer }: LoadOptions): Load {
  const answers: AnsweredCheck[] = [];
  const waiting = new Set<(answer: AnsweredCheck) => void>();
  let isOver = false;

  async function ask(role: "manager" | "member", token: string): Promise<void> {
    const answer = await askOnce(url, token, role === "manager" ? "Allow" : "Deny");
    if (answer === undefined) {
      isOver ||= endsWithServer;
      await pause(retryMillis);
      return;
    }
    answers.push(answer);
    for (const tell of waiting) {
      tell(answer);
    }
  }

  async function callAgainAndAgain(number: number): Promise<void> {
    const role = number % 2 === 0 ? "manager" : "member";
    const token = tokenFor(role);
    while (!isOver) {
      await ask(role, token);
    }
  }

  function waitFor(isReached: (answer: AnsweredCheck) => boolean): Promise<AnsweredCheck> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no such answer within ${patienceMillis} ms`)),
        patienceMillis,
      );
      const tell = (answer: AnsweredCheck): void => {
        if (isReached(answer)) {
          clearTimeout(timer);
          waiting.delete(tell);
          resolve(answer);
        }
      };
      waiting.add(tell);
    });
  }

  const calling = Array.from({ length: callers }, (_, number) => callAgainAndAgain(number));
  return {
    answers,
    async decided(count) {
      const enough = (): boolean => answers.filter(isDecided).length >= count;
      if (!enough()) {
        await waitFor(enough);
      }
    },
    nextDecision: () => waitFor(isDecided),
    async stop() {
      isOver = true;
      await Promise.all(calling);
    },
  };
}

/** Whether a check was decided. */
export function isDecided({ decisionId }: AnsweredCheck): boolean {
  return decisionId !== undefined;
}

/** Resolves to `undefined` when there was no whole answer. */
async function askOnce(
  url: string,
  token: string,
  expected: "Allow" | "Deny",
): Promise<AnsweredCheck | undefined> {
  const startedAt = performance.now();
  try {
    const response = await fetch(`${url}/v1/workspaces/acme/authorize`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token, resource: "orders", action: "approve" }),
      signal: AbortSignal.timeout(patienceMillis),
    });
    const { data, code } = answerSchema.parse(await response.json());
    const at = performance.now();
    return {
      expected,
      status: response.status,
      at,
      millis: at - startedAt,
      ...data,
      ...(code === undefined ? {} : { code }),
    };
  } catch {
    return undefined;
  }
}
