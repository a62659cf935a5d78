import { fileURLToPath } from "node:url";
import {
  type JsonAnswer,
  type OidcProvider,
  requestJson,
  type ServerProcess,
  startOidcProvider,
  startServerProcess,
} from "@byot/testkit";
import type { ServerStore } from "./server-stores.js";

const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** The audience that tokens for the service carry. */
export const audience = "https://orders.acme.test";

/** The people of the identity provider: plan under `metadata`, role at the top. */
const people = [
  { id: "ada", claims: { metadata: { plan: "premium" }, role: "manager" } },
  { id: "ben", claims: { metadata: { plan: "free" }, role: "member" } },
  { id: "cleo", claims: { metadata: { plan: "premium" }, role: "member" } },
];

/** The built server as a process of its own, and a real OpenID Provider beside it. */
export interface RealService {
  /** Where the server answers. */
  readonly url: string;
  /** The key that opens everything. */
  readonly rootKey: string;
  /** What the server keeps its data in. */
  readonly store: ServerStore;
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
export async function startRealService(store: ServerStore): Promise<RealService> {
  const idp = await startOidcProvider({ people, audience });
  const server = await startServerProcess({
    command: process.execPath,
    args: [main],
    env: { ...store.env, PORT: "0", BYOT_ALLOW_LOOPBACK_HTTP: "true" },
    readyPattern: /byot is ready/,
  });
  const url = /"url":"(http:[^"]+)"/.exec(server.stdout())?.[1] ?? "";
  const rootKey = await store.rootKey();
  return {
    url,
    rootKey,
    store,
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
      await store.remove();
    },
  };
}
