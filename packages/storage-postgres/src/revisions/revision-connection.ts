import type { RevisionChange } from "@byot/storage";
import { Client } from "pg";
import { endClient } from "../end-client.js";
import { connectionConfig } from "../open-pools.js";
import type { CompleteOptions } from "../storage-options.js";

/** The channel of notifications. What they say is not looked at: anybody in the database can send one. */
export const revisionChannel = "byot_revisions";

/** Where to go on asking from. Transactions below it have ended, so what they changed was seen. */
export type Horizon = string;

/** From where everything is asked for. */
export const beforeEverything: Horizon = "0";

/** What was changed since a horizon, as one state of the database. */
export interface RevisionReport {
  /** The workspaces that may have changed, with their revisions now. */
  readonly changes: readonly RevisionChange[];
  /** From where the next report has to be asked for. */
  readonly horizon: Horizon;
}

/** A connection that hears of changes. */
export interface RevisionConnection {
  /** Asks for what was changed since a horizon; every later change sends a notification. */
  changesSince(horizon: Horizon): Promise<RevisionReport>;
  /** Ends it. Never rejects. */
  end(): Promise<void>;
}

/** What a connection tells of by itself. */
export interface ConnectionListeners {
  /** Something was changed, or somebody says so. */
  readonly onNotification: () => void;
  /** The connection is gone. */
  readonly onLost: (error: Error) => void;
}

// Transactions end in another order than they begin in. The least one that is still under way is the horizon of the
// snapshot: what is below it has ended and is seen by the snapshot, what is above may end later and is asked for again.
const changesSinceSql = `
  SELECT horizon.value AS "horizon", r.workspace_id AS "workspaceId", r.revision AS "revision"
  FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS value) AS horizon
  LEFT JOIN byot.workspace_revisions AS r ON r.changed_by >= $1::bigint
  ORDER BY r.changed_by`;

interface ReportRow {
  readonly horizon: string;
  readonly workspaceId: string | null;
  readonly revision: string | null;
}

const longestAnswerMillis = 5000;

/** Connects, and listens before anything is asked. */
export async function openRevisionConnection(
  options: CompleteOptions,
  { onNotification, onLost }: ConnectionListeners,
): Promise<RevisionConnection> {
  const client = new Client({
    ...connectionConfig(options),
    connectionTimeoutMillis: longestAnswerMillis,
    query_timeout: longestAnswerMillis,
  });
  client.on("error", onLost);
  client.on("notification", onNotification);
  const end = (): Promise<void> => {
    client.removeListener("error", onLost);
    return endClient(client);
  };
  try {
    await client.connect();
    await client.query(`LISTEN ${revisionChannel}`);
  } catch (error) {
    await end();
    throw error;
  }
  return { changesSince: (horizon) => changesSince(client, horizon), end };
}

async function changesSince(client: Client, horizon: Horizon): Promise<RevisionReport> {
  const { rows } = await client.query<ReportRow>(changesSinceSql, [horizon]);
  return {
    changes: rows.flatMap(({ workspaceId, revision }) =>
      workspaceId === null || revision === null
        ? []
        : [{ workspaceId, revision: Number(revision) }],
    ),
    horizon: rows[0]?.horizon ?? horizon,
  };
}
