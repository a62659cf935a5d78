import { groupByWorkspace, type DecisionRecord, type SealedDecision } from "@byot/storage";
import type { Database } from "better-sqlite3";
import type { ChainTables } from "./chain-tables.js";
import { decisionGrounds, decisionPersonal, decisions } from "./decisions-schema.js";
import { groundsOf } from "./grounds-of.js";
import { refusingTakenIds } from "./refusing-taken-ids.js";
import { prepareInsert } from "./table-sql.js";

/** Writes decisions, all or none: those of one workspace as one segment of its chain. */
export type DecisionAppender = (records: readonly DecisionRecord[]) => void;

type DecisionInsert = Omit<typeof decisions.$inferInsert, "segmentId"> & {
  readonly segmentId: number | bigint;
};
type PersonalInsert = Omit<typeof decisionPersonal.$inferInsert, "decisionSequence"> & {
  readonly decisionSequence: number | bigint;
};
type GroundInsert = Omit<typeof decisionGrounds.$inferInsert, "decisionSequence"> & {
  readonly decisionSequence: number | bigint;
};

/** Prepares the writing of decisions. */
export function createDecisionAppender(client: Database, chain: ChainTables): DecisionAppender {
  const insertDecision = prepareInsert<DecisionInsert>(client, decisions);
  const insertPersonal = prepareInsert<PersonalInsert>(client, decisionPersonal);
  const insertGround = prepareInsert<GroundInsert>(client, decisionGrounds);

  function insert(sealed: SealedDecision, segmentId: number | bigint): void {
    const { lastInsertRowid } = insertDecision(decisionRow(sealed, segmentId));
    insertPersonal(personalRow(sealed, lastInsertRowid));
    const { workspaceId, decisionId, at, determining } = sealed.decision;
    for (const ground of groundsOf(determining)) {
      insertGround({
        ...ground,
        workspaceId,
        decisionId,
        at: at.getTime(),
        decisionSequence: lastInsertRowid,
      });
    }
  }

  return (records) =>
    refusingTakenIds(() =>
      chain.link(({ writer, unboundHeads, keep }) => {
        for (const [workspaceId, ofWorkspace] of groupByWorkspace(records)) {
          const { segment, decisions: sealed } = writer.sealDecisions(
            workspaceId,
            ofWorkspace,
            unboundHeads(workspaceId),
          );
          const segmentId = keep(segment);
          sealed.forEach((decision) => insert(decision, segmentId));
        }
      }),
    );
}

function decisionRow(
  { decision, position, personalHash }: SealedDecision,
  segmentId: number | bigint,
): DecisionInsert {
  return {
    ...decision,
    at: decision.at.getTime(),
    determining: JSON.stringify(decision.determining),
    errors: JSON.stringify(decision.errors),
    segmentId,
    position,
    personalHash,
  };
}

function personalRow(
  { decision, salt, personal }: SealedDecision,
  decisionSequence: number | bigint,
): PersonalInsert {
  return {
    decisionSequence,
    workspaceId: decision.workspaceId,
    at: decision.at.getTime(),
    decisionId: decision.decisionId,
    salt,
    subject: personal.subject,
    tokenIdHash: personal.tokenIdHash ?? null,
    clientIp: personal.clientIp ?? null,
    attributes: JSON.stringify(personal.attributes),
  };
}
