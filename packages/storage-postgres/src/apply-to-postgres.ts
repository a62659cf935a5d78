import { prepareChanges, type ChangeSet, type RevisionChange } from "@byot/storage";
import type { Pool } from "pg";
import { carryOutPlan } from "./carry-out-plan.js";
import { inTransaction } from "./in-transaction.js";
import { readStoredState } from "./read-stored-state.js";

/** Carries a change set out in one transaction, which holds the lock of the workspace from before its first read. */
export async function applyToPostgres(pool: Pool, changes: ChangeSet): Promise<RevisionChange> {
  const prepared = prepareChanges(structuredClone(changes));
  const { workspaceId } = changes;
  return inTransaction(pool, async (transaction) => {
    const plan = prepared.plan(await readStoredState(transaction, workspaceId, prepared));
    await carryOutPlan(transaction, plan);
    return { workspaceId, revision: plan.revision };
  });
}
