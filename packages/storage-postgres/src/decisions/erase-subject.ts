import { compareKeys, largestAppend, type ErasureCount, type SubjectErasure } from "@byot/storage";
import { and, asc, eq, sql, type SQL } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { decisionPersonal, decisions, tokenRefusals } from "./decisions-schema.js";
import { isSubject } from "./is-subject.js";
import type { LogWriter } from "./log-writer.js";

const refusalsAtOnce = 1000;

/** What erases. */
export interface ErasureParts {
  /** Finds what is to be erased. */
  readonly database: NodePgDatabase;
  /** Erases it, and writes that it did. */
  readonly writer: LogWriter;
}

/** Whose personal fields are to go, under one of their names. */
interface NamedErasure {
  readonly workspaceId: string;
  readonly subject: string;
  readonly erasure: SubjectErasure;
}

/** See `DecisionLog.eraseSubject`. Each part is erased with the record that says so, in one transaction. */
export async function eraseSubject(
  parts: ErasureParts,
  workspaceId: string,
  erasure: SubjectErasure,
): Promise<ErasureCount> {
  let erased: ErasureCount = { decisions: 0, refusals: 0 };
  for (const subject of new Set(erasure.subjects)) {
    const named = { workspaceId, subject, erasure };
    // oxlint-disable-next-line no-await-in-loop -- one name after the other, in parts that let decisions through
    const ofDecisions = await eraseDecisions(parts, named);
    // oxlint-disable-next-line no-await-in-loop -- see above
    const ofRefusals = await eraseRefusals(parts.database, named);
    erased = {
      decisions: erased.decisions + ofDecisions,
      refusals: erased.refusals + ofRefusals,
    };
  }
  return erased;
}

interface FoundDecision {
  readonly at: Date;
  readonly decisionId: string;
}

async function eraseDecisions(
  { database, writer }: ErasureParts,
  named: NamedErasure,
): Promise<number> {
  const { erasureId, at, by } = named.erasure;
  let erased = 0;
  let found: readonly FoundDecision[] = [];
  do {
    // oxlint-disable-next-line no-await-in-loop -- the next part starts where this one ends
    found = await findDecisions(database, named, found.at(-1));
    if (found.length > 0) {
      const decisionIds = found.map(({ decisionId }) => decisionId).toSorted(compareKeys);
      // oxlint-disable-next-line no-await-in-loop -- see above
      await writer.appendErasure(named.workspaceId, { erasureId, at, by, decisionIds });
      erased += found.length;
    }
  } while (found.length === largestAppend);
  return erased;
}

async function findDecisions(
  database: NodePgDatabase,
  { workspaceId, subject, erasure }: NamedErasure,
  last: FoundDecision | undefined,
): Promise<readonly FoundDecision[]> {
  const { at, decisionId } = decisionPersonal;
  return database
    .select({ at, decisionId })
    .from(decisionPersonal)
    .innerJoin(decisions, eq(decisions.decisionId, decisionId))
    .where(
      and(
        eq(decisionPersonal.workspaceId, workspaceId),
        eq(decisions.workspaceId, workspaceId),
        isSubject(decisionPersonal.subject, subject),
        erasure.issuer === undefined ? undefined : eq(decisions.issuer, erasure.issuer),
        last === undefined ? undefined : isAfter(last),
      ),
    )
    .orderBy(asc(at), asc(decisionId))
    .limit(largestAppend);
}

function isAfter(last: FoundDecision): SQL {
  const { at, decisionId } = decisionPersonal;
  return sql`(${at}, ${decisionId}) > (${sql.param(last.at, at)}, ${last.decisionId})`;
}

async function eraseRefusals(
  database: NodePgDatabase,
  { workspaceId, subject, erasure }: NamedErasure,
): Promise<number> {
  const { refusalId, unverifiedIssuer } = tokenRefusals;
  const some = database
    .select({ refusalId })
    .from(tokenRefusals)
    .where(
      and(
        eq(tokenRefusals.workspaceId, workspaceId),
        isSubject(tokenRefusals.subject, subject),
        erasure.issuer === undefined ? undefined : eq(unverifiedIssuer, erasure.issuer),
      ),
    )
    .limit(refusalsAtOnce);
  let erased = 0;
  let count: number;
  do {
    // oxlint-disable-next-line no-await-in-loop -- part by part, so that no statement takes long
    const { rowCount } = await database
      .update(tokenRefusals)
      .set({ subject: null })
      .where(sql`${refusalId} IN ${some}`);
    count = rowCount ?? 0;
    erased += count;
  } while (count === refusalsAtOnce);
  return erased;
}
