import type { TokenRefusalRecord } from "@byot/storage";
import type { Database } from "better-sqlite3";
import { tokenRefusals } from "./decisions-schema.js";
import { refusingTakenIds } from "./refusing-taken-ids.js";
import { prepareInsert } from "./table-sql.js";

/** Writes refused tokens, all or none. */
export type RefusalAppender = (records: readonly TokenRefusalRecord[]) => void;

type RefusalInsert = typeof tokenRefusals.$inferInsert;

/** Prepares the writing of refused tokens. */
export function createRefusalAppender(client: Database): RefusalAppender {
  const insert = prepareInsert<RefusalInsert>(client, tokenRefusals);
  const appendAll = client.transaction((records: readonly TokenRefusalRecord[]) => {
    records.forEach((record) => insert(rowOf(record)));
  });
  return (records) => refusingTakenIds(() => appendAll.immediate(records));
}

function rowOf(record: TokenRefusalRecord): RefusalInsert {
  return {
    ...record,
    at: record.at.getTime(),
    unverifiedIssuer: record.unverifiedIssuer ?? null,
    providerId: record.providerId ?? null,
    subject: record.subject ?? null,
  };
}
