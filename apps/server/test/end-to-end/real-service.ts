import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type JsonAnswer,
  makeTemporaryFolder,
  type OidcProvider,
  requestJson,
  type ServerProcess,
  startOidcProvider,
  startServerProcess,
} from "@byot/testkit";

const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** The audience that tokens for the service carry. */
export const audience = "https://orders.acme.test";

/** The people of the identity provider: plan under `metadata`, role at the top. */
const people = [
  { id: "ada", claims: { metadata: { plan: "premium" }, role: "manager" } },
  { id: "ben", claims: { metadata: { plan: "free" }, role: "member" } },
  { id: "cleo", claims: { metadata: { plan: "premium" }, role: "member" } },
];

/** The built server as a process of its own on SQLite files, and a real OpenID Provider beside it. */
export interface RealService {
  /** Where the server answers. */
  readonly url: string;
  /** The root key, as the server wrote it to its file. */
  readonly rootKey: string;
  /** The server's data folder. */
  readonly dataFolder: string;
  /** The identity provider. */
  readonly idp: OidcProvider;
  /** The server's process. */
  readonly process: ServerProcess;
  /** Calls the server's API with the root key. */
  call(method: string, path: string, body?: unknown): Promise<JsonAnswer>;
  /** Ends both and removes the data. */
  stop(): Promise<void>;
}

/** Starts both. */
export async function startRealService(): Promise<RealService> {
  const folder = await makeTemporaryFolder();
  const dataFolder = join(folder.path, "data");
  const idp = await startOidcProvider({ people, audience });
  const server = await startServerProcess({
    command: process.execPath,
    args: [main],
    env: { PORT: "0", BYOT_DATA_DIR: dataFolder, BYOT_ALLOW_LOOPBACK_HTTP: "true" },
    readyPattern: /byot is ready/,
  });
  const url = /"url":"(http:[^"]+)"/.exec(server.stdout())?.[1] ?? "";
  const rootKey = (await readFile(join(dataFolder, "root-key"), "utf8")).trim();
  return {
    url,
    rootKey,
    dataFolder,
    idp,
    process: server,
    call: (method, path, body) =>
      requestJson(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${rootKey}` },
        ...(body === undefined ? {} : { body }),
      }),
    async stop() {
      await server.stop();
      await idp.stop();
      await folder.remove();
    },
  };
}
