import type { Database } from "better-sqlite3";
import type { ErasurePart } from "./writer-calls.js";

/** Takes the subject out of some refused tokens; answers of how many, 0 when there are no more. */
export type RefusalEraser = (part: Omit<ErasurePart, "after">) => number;

interface Wanted {
  readonly workspaceId: string;
  readonly subject: string;
  readonly issuer: string | null;
}

const partSize = 1000;

/** Prepares erasures. */
export function createRefusalEraser(client: Database): RefusalEraser {
  // A refused token has a subject only when its signature was proven, and its issuer with it.
  const erase = client.prepare<[Wanted]>(
    `UPDATE token_refusals SET subject = NULL WHERE sequence IN (
       SELECT sequence FROM token_refusals INDEXED BY token_refusals_subject
       WHERE workspace_id = @workspaceId AND subject = @subject AND subject IS NOT NULL
         AND (@issuer IS NULL OR unverified_issuer = @issuer)
       LIMIT ${partSize})`,
  );
  return ({ workspaceId, subject, erasure }) =>
    erase.run({ workspaceId, subject, issuer: erasure.issuer ?? null }).changes;
}
