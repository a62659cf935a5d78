import { openPostgresStorage } from "@byot/storage-postgres";
import { startPostgres, type Postgres, type PostgresOptions } from "@byot/testkit";
import { afterAll, beforeAll } from "vitest";

/** The server of one test file. */
export interface TestServer {
  /** The server itself. */
  readonly postgres: () => Postgres;
  /** A database of its own with the tables of byot, a copy of one that was migrated once. */
  readonly freshUrl: () => Promise<string>;
}

/** Starts a server before the tests of the file, and ends it after them. */
export function useServer(options?: PostgresOptions): TestServer {
  let started: Postgres | undefined;
  let template: string | undefined;

  function server(): Postgres {
    if (started === undefined) {
      throw new Error("the server has not been started");
    }
    return started;
  }

  beforeAll(async () => {
    started = await startPostgres(options);
    template = await started.createDatabase();
    await (await openPostgresStorage({ url: template })).close();
  });
  afterAll(() => started?.stop());
  return { postgres: server, freshUrl: () => server().createDatabase(template) };
}
