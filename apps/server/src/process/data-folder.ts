import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { writePrivateFile } from "./private-file.js";
import { StartProblem } from "./start-problem.js";

/** What a data folder is used for: trying byot out, or running it. */
export type DataFolderUse = "demo" | "production";

/** The files of a data folder. */
export interface DataFolder {
  /** The folder itself, absolute like the rest. */
  readonly path: string;
  /** The SQLite file of the configuration. */
  readonly database: string;
  /** The file that the root key is written to when one is made. */
  readonly rootKey: string;
  /** The demo's signing key. */
  readonly demoSigningKey: string;
  /** What a client needs to reach the demo. */
  readonly demoEnvironment: string;
}

const marker = "DEMO";
const markerText =
  "The demo made this folder: it holds a demo workspace whose identity provider gives tokens to anyone on this machine.\n";

/**
 * Opens a data folder, and makes it, for its owner alone, when there is none. A folder made by the demo is never
 * used for production, and the other way round: the demo's identity provider gives tokens to anyone.
 *
 * @throws StartProblem when the folder has the other use or cannot be made.
 */
export async function openDataFolder(path: string, use: DataFolderUse): Promise<DataFolder> {
  const folder = dataFolder(resolve(path));
  await makeFolder(folder.path);
  const isDemo = existsSync(join(folder.path, marker));
  if (use === "production" && isDemo) {
    throw new StartProblem(
      `${folder.path} was made by the demo, whose identity provider gives tokens to anyone; choose another folder with BYOT_DATA_DIR`,
    );
  }
  if (use === "demo" && !isDemo) {
    await claimForDemo(folder);
  }
  return folder;
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new StartProblem(`${path} cannot be used as a folder for data: ${why}`, { cause: error });
  }
}

async function claimForDemo({ path, database, rootKey }: DataFolder): Promise<void> {
  if (existsSync(database) || existsSync(rootKey)) {
    throw new StartProblem(
      `${path} holds data that the demo did not make; choose another folder with BYOT_DATA_DIR`,
    );
  }
  await writePrivateFile(join(path, marker), markerText);
}

function dataFolder(path: string): DataFolder {
  return {
    path,
    database: join(path, "byot.db"),
    rootKey: join(path, "root-key"),
    demoSigningKey: join(path, "demo-signing-key.json"),
    demoEnvironment: join(path, "demo.env"),
  };
}
