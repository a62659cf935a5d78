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

const pragmas = [
  // What is erased or dropped is overwritten, and not only left out.
  "secure_delete = ON",
  // A full append touches more than a thousand pages, in KiB and pages: it shall neither be written in bits, nor shall
  // each one be followed by a checkpoint.
  "cache_size = -16000",
  "wal_autocheckpoint = 4000",
];

/** Writes the decision log of a connection. Nobody else may write through that connection. */
export function createDecisionWriter(client: Database): Handlers<WriterCalls> {
  pragmas.forEach((pragma) => client.pragma(pragma));
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
