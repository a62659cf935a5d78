import type { Storage } from "@byot/storage";
import { describeStorage } from "@byot/storage-conformance";
import { openPostgresStorage } from "@byot/storage-postgres";
import { Client } from "pg";
import { afterAll, beforeAll } from "vitest";
import { useServer } from "./postgres-server.js";

const { freshUrl } = useServer();
let url: string;
let client: Client;

beforeAll(async () => {
  url = await freshUrl();
  client = new Client({ connectionString: url });
  await client.connect();
});

afterAll(() => client.end());

async function openOnEmptied(): Promise<Storage> {
  // Ten times faster than another database for each case.
  const { rows } = await client.query<{ table: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS table FROM pg_tables
     WHERE schemaname = 'byot' AND tablename NOT IN ('migrations', 'workspace_revisions')`,
  );
  const tables = [...rows.map(({ table }) => table), "byot.workspace_revisions"];
  await client.query(tables.map((table) => `DELETE FROM ${table}`).join(";"));
  return openPostgresStorage({ url });
}

describeStorage("postgres", {
  open: openOnEmptied,
  reopen: () => openPostgresStorage({ url }),
  openSecond: () => openPostgresStorage({ url }),
  // The night has time for a log as long as promised.
  ...(process.env["BYOT_NIGHTLY"] === "1" ? { largeLog: 100_000, timeoutMillis: 300_000 } : {}),
});
