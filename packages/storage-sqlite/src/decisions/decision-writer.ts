import type { Database } from "better-sqlite3";
import type { Handlers } from "../workers/call-types.js";
import { createDecisionAppender } from "./append-decisions.js";
import { createRefusalAppender } from "./append-refusals.js";
import { createChainTables } from "./chain-tables.js";
import { createDecisionEraser } from "./erase-decisions.js";
import { createRefusalEraser } from "./erase-refusals.js";
import { createDecisionDropper } from "./drop-decisions.js";
import { createRefusalDropper } from "./drop-refusals.js";
import { createWriteProbe } from "./write-probe.js";
import type { WriterCalls } from "./writer-calls.js";

/** Writes the decision log of a connection. Nobody else may write through that connection. */
export function createDecisionWriter(client: Database): Handlers<WriterCalls> {
  // What is erased or dropped is overwritten, and not only left out.
  client.pragma("secure_delete = ON");
  const chain = createChainTables(client);
  return {
    append: createDecisionAppender(client, chain),
    appendRefusals: createRefusalAppender(client),
    eraseDecisions: createDecisionEraser(client, chain),
    eraseRefusals: createRefusalEraser(client),
    checkpointErasure: () => void client.pragma("wal_checkpoint(TRUNCATE)"),
    dropDecisions: createDecisionDropper(client),
    dropRefusals: createRefusalDropper(client),
    canWrite: createWriteProbe(client),
  };
}
