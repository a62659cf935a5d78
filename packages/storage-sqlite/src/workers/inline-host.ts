import { type Turns } from "@byot/storage";
import type { CallHost, CallTypes, Handlers } from "./call-types.js";

/** Carries calls out in this thread, one after the other, with copies of what they are given, as another thread would. */
export function createInlineHost<Calls extends CallTypes<Calls>>(
  handlers: Handlers<Calls>,
  turns: Turns,
): CallHost<Calls> {
  return {
    call(name, argument) {
      const copy = structuredClone(argument);
      return turns.take(async () => handlers[name](copy));
    },
    close: async () => turns.take(async () => undefined),
  };
}
