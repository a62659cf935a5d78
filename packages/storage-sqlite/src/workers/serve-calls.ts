import type { MessagePort } from "node:worker_threads";
import type { CallMessage, CallTypes, Handlers, ReplyMessage } from "./call-types.js";
import { packError } from "./wire-error.js";

/** What a thread carries out, and how it ends. */
export interface ServedCalls<Calls extends CallTypes<Calls>> {
  /** Carries calls out. */
  readonly handlers: Handlers<Calls>;
  /** Lets go of everything. Calls that came before are done, but for what they still wait for. */
  readonly close: () => void;
}

/**
 * Carries out what comes through a port, each call on its arrival, until `null` comes. Both ends are this version of
 * this package, so a message is taken for what its type says.
 */
export function serveCalls<Calls extends CallTypes<Calls>>(
  port: MessagePort,
  { handlers, close }: ServedCalls<Calls>,
): void {
  async function reply<Name extends keyof Calls>(message: CallMessage<Calls, Name>): Promise<void> {
    const { id, name, argument } = message;
    port.postMessage(await replyTo(id, async () => handlers[name](argument)));
  }

  port.on("message", (message: CallMessage<Calls, keyof Calls> | null) => {
    if (message === null) {
      close();
      port.close();
    } else {
      void reply(message);
    }
  });
}

async function replyTo<Answer>(
  id: number,
  handle: () => Promise<Answer>,
): Promise<ReplyMessage<Answer>> {
  try {
    return { id, answer: await handle() };
  } catch (error) {
    return { id, error: packError(error) };
  }
}
