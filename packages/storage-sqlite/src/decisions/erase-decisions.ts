import { compareKeys, largestAppend } from "@byot/storage";
import type { Database } from "better-sqlite3";
import type { ChainTables } from "./chain-tables.js";
import type { ErasedPart, ErasurePart, ErasurePlace } from "./writer-calls.js";
import { erasedDecisions, erasures } from "./chain-schema.js";
import { prepareInsert } from "./table-sql.js";

/** Takes the personal fields out of some decisions, and records in the chain out of which. */
export type DecisionEraser = (part: ErasurePart) => ErasedPart;

interface Found {
  readonly sequence: number;
  readonly decisionId: string;
  readonly at: number;
}

interface Wanted {
  readonly workspaceId: string;
  readonly subject: string;
  readonly issuer: string | null;
  readonly lastSequence: number;
  readonly afterAt: number;
  readonly afterId: string;
}

const beforeEveryTime = -8.64e15;

const findSql = `
  SELECT p.decision_sequence AS sequence, p.decision_id AS decisionId, p.at AS at
  FROM decision_personal AS p INDEXED BY decision_personal_subject
  WHERE p.workspace_id = @workspaceId AND p.subject = @subject
    AND (p.at, p.decision_id) > (@afterAt, @afterId) AND p.decision_sequence <= @lastSequence
    AND (@issuer IS NULL OR EXISTS (
      SELECT 1 FROM decisions AS d WHERE d.sequence = p.decision_sequence AND d.issuer = @issuer))
  ORDER BY p.at, p.decision_id LIMIT ${largestAppend}`;

/** Prepares erasures. */
export function createDecisionEraser(client: Database, chain: ChainTables): DecisionEraser {
  const last = client.prepare<[], { readonly sequence: number | null }>(
    "SELECT max(sequence) AS sequence FROM decisions",
  );
  const find = client.prepare<[Wanted], Found>(findSql);
  const erase = client.prepare<[number]>(
    "DELETE FROM decision_personal WHERE decision_sequence = ?",
  );
  const record = prepareRecord(client);

  return (part) =>
    chain.link(({ writer, unboundHeads, keep }) => {
      const lastSequence = part.after?.lastSequence ?? last.get()?.sequence ?? 0;
      const found = find.all(wantedOf(part, lastSequence));
      if (found.length > 0) {
        found.forEach(({ sequence }) => erase.run(sequence));
        const { workspaceId, erasure } = part;
        const { erasureId, at, by } = erasure;
        const decisionIds = found.map(({ decisionId }) => decisionId).toSorted(compareKeys);
        const sealed = { erasureId, at, by, decisionIds };
        const segment = writer.sealErasure(workspaceId, sealed, unboundHeads(workspaceId));
        record({ ...part, decisionIds }, keep(segment));
      }
      return { decisions: found.length, ...nextPlace(found, lastSequence) };
    });
}

function wantedOf(
  { workspaceId, erasure, subject, after }: ErasurePart,
  lastSequence: number,
): Wanted {
  return {
    workspaceId,
    subject,
    issuer: erasure.issuer ?? null,
    lastSequence,
    afterAt: after?.at.getTime() ?? beforeEveryTime,
    afterId: after?.id ?? "",
  };
}

function nextPlace(
  found: readonly Found[],
  lastSequence: number,
): { readonly next?: ErasurePlace } {
  const last = found.at(-1);
  return last === undefined || found.length < largestAppend
    ? {}
    : { next: { at: new Date(last.at), id: last.decisionId, lastSequence } };
}

type ErasureInsert = Omit<typeof erasures.$inferInsert, "segmentId"> & {
  readonly segmentId: number | bigint;
};
type ErasedInsert = Omit<typeof erasedDecisions.$inferInsert, "segmentId"> & {
  readonly segmentId: number | bigint;
};

type ErasureRecorder = (
  part: ErasurePart & { readonly decisionIds: readonly string[] },
  segmentId: number | bigint,
) => void;

function prepareRecord(client: Database): ErasureRecorder {
  const insertErasure = prepareInsert<ErasureInsert>(client, erasures);
  const insertErased = prepareInsert<ErasedInsert>(client, erasedDecisions);
  return ({ workspaceId, erasure, decisionIds }, segmentId) => {
    insertErasure({
      segmentId,
      erasureId: erasure.erasureId,
      at: erasure.at.getTime(),
      actorKind: erasure.by.kind,
      actorId: erasure.by.id,
    });
    for (const decisionId of decisionIds) {
      insertErased({ segmentId, workspaceId, decisionId });
    }
  };
}
