import type { Client } from "pg";
import { startDeadline } from "./deadline.js";

const longestGoodbyeMillis = 1000;

/** Ends a connection. Resolves when it is gone, or given up because the other end plays dead. */
export async function endClient(client: Client): Promise<void> {
  // What still comes of it is nobody's concern, but without a listener it would end the process.
  client.on("error", () => undefined);
  await startDeadline(longestGoodbyeMillis)
    .wait(client.end())
    .catch(() => undefined);
}
