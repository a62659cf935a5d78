import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import {
  createSigner,
  type JsonAnswer,
  requestJson,
  type ServerProcess,
  startServerProcess,
} from "@byot/testkit";
import { z } from "zod";
import type { StoreUnderTest } from "./store-under-test.js";

const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const issuer = "https://login.acme.test";
const audience = "https://orders.acme.test";
const signer = createSigner();
const resource = { name: "orders", actions: ["approve"] };
const policy = {
  name: "managers",
  specification: {
    rules: [
      {
        rule_id: "manager",
        effect: "Allow",
        conditions: [{ function: "string_equal", attribute: "ext_role", value: "manager" }],
      },
    ],
    default: { effect: "Deny" },
  },
  appliesTo: [{ resource: "orders", actions: ["approve"] }],
};
const provider = {
  id: "acme-login",
  name: "Acme login",
  issuer,
  allowedAudiences: [audience],
  jwks: signer.jwks,
  claimMappings: [{ attribute: "role", jwtPath: "role" }],
};

/** The built server on a store that outlives it, with one workspace, `acme`: managers may approve orders. */
export interface AuditedService {
  /** Where it answers. */
  readonly url: string;
  /** Its process. */
  readonly process: ServerProcess;
  /** Calls its API with the root key. */
  call(method: string, path: string, body?: unknown): Promise<JsonAnswer>;
}

/** What is needed of a store to start a server on it. */
export type StartOn = Pick<StoreUnderTest, "env" | "rootKey">;

/** A token for somebody in a role. */
export function tokenFor(role: "manager" | "member"): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, aud: audience, sub: `${role}-1`, role, iat: now, exp: now + 3600 };
  return signer.sign({}, claims);
}

/** Starts the server on a store. */
export async function startAudited(
  store: StartOn,
  wrap: (args: readonly string[]) => readonly string[] = (args) => args,
): Promise<AuditedService> {
  const [command = process.execPath, ...args] = wrap([process.execPath, main]);
  const server = await startServerProcess({
    command,
    args,
    env: { PORT: "0", BYOT_LOG_LEVEL: "info", ...store.env },
    readyPattern: /byot is ready/,
  });
  const url = /"url":"(http:[^"]+)"/.exec(server.stdout())?.[1] ?? "";
  const rootKey = await store.rootKey();
  return {
    url,
    process: server,
    call: (method, path, body) =>
      requestJson(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${rootKey}` },
        ...(body === undefined ? {} : { body }),
        timeoutMs: 60_000,
      }),
  };
}

/** Makes the workspace, once for a store. */
export async function configureAcme(service: AuditedService): Promise<void> {
  const base = "/v1/workspaces";
  await created(service.call("POST", base, { id: "acme", name: "Acme" }));
  await created(service.call("POST", `${base}/acme/providers`, provider));
  await created(service.call("POST", `${base}/acme/resources`, resource));
  await created(service.call("POST", `${base}/acme/policies`, policy));
}

async function created(answering: Promise<JsonAnswer>): Promise<void> {
  const { status, text } = await answering;
  if (status !== 201) {
    throw new Error(`the workspace could not be made: ${status} ${text}`);
  }
}

const loggedSchema = z.object({ decisionId: z.string(), decision: z.enum(["Allow", "Deny"]) });

/** Every decision in the log of `acme`, by id. */
export async function readDecisionLog(
  service: AuditedService,
): Promise<ReadonlyMap<string, "Allow" | "Deny">> {
  const { text } = await service.call("GET", "/v1/workspaces/acme/audit/export");
  const lines = text.split("\n").filter((line) => line !== "");
  return new Map(
    lines.map((line) => {
      const { decisionId, decision } = loggedSchema.parse(JSON.parse(line));
      return [decisionId, decision];
    }),
  );
}

const reportSchema = z.object({
  data: z.object({ intact: z.boolean(), problems: z.array(z.unknown()), decisions: z.number() }),
});

/** What the server says of the chains of `acme`. */
export async function verifyChains(
  service: AuditedService,
): Promise<z.infer<typeof reportSchema>["data"]> {
  const { body } = await service.call("GET", "/v1/workspaces/acme/audit/verify");
  return reportSchema.parse(body).data;
}

/** The root key that a server wrote into a folder. */
export async function readRootKey(folder: string): Promise<string> {
  return (await readFile(`${folder}/root-key`, "utf8")).trim();
}
