import { createSigner, requestJson, type JsonAnswer } from "@byot/testkit";
import { type StartedProgramme, start } from "../start/programme.js";
import type { ServerStore } from "./server-stores.js";

const issuer = "https://login.acme.test";
const audience = "https://orders.acme.test";
const signer = createSigner();

/** A server on a store, called with the key that opens everything. */
export interface AuditedServer {
  /** Its process. */
  readonly programme: StartedProgramme;
  /** Calls it. */
  call(method: string, path: string, request?: CallRequest): Promise<JsonAnswer>;
}

/** What is sent along. */
export interface CallRequest {
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as `If-Match`. */
  readonly version?: number;
}

/** Starts the built server on a store that other servers may use as well. */
export async function startOn(store: ServerStore): Promise<AuditedServer> {
  const programme = await start({ file: "main.js", env: { PORT: "0", ...store.env } });
  const rootKey = await store.rootKey();
  return {
    programme,
    call: (method, path, { body, version } = {}) =>
      requestJson(`${programme.url}/v1/workspaces${path}`, {
        method,
        headers: {
          authorization: `Bearer ${rootKey}`,
          ...(version === undefined ? {} : { "if-match": `"${version}"` }),
        },
        ...(body === undefined ? {} : { body }),
        timeoutMs: 30_000,
      }),
  };
}

/** A policy that lets everybody approve orders, or nobody. */
export function orderPolicy(effect: "Allow" | "Deny"): object {
  return { name: "orders", specification: { rules: [], default: { effect } } };
}

/** Makes the workspace `acme`, in which everybody may approve orders. */
export async function makeAcme(
  server: AuditedServer,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const appliesTo = [{ resource: "orders", actions: ["approve"] }];
  const things: readonly (readonly [string, object])[] = [
    ["", { id: "acme", name: "Acme", settings }],
    [
      "/acme/providers",
      {
        id: "acme-login",
        name: "Acme login",
        issuer,
        allowedAudiences: [audience],
        jwks: signer.jwks,
        claimMappings: [],
      },
    ],
    ["/acme/resources", { name: "orders", actions: ["approve"] }],
    ["/acme/policies", { ...orderPolicy("Allow"), appliesTo }],
  ];
  for (const [path, body] of things) {
    const { status, text } = await server.call("POST", path, { body });
    if (status !== 201) {
      throw new Error(`${path} was not made: ${status} ${text}`);
    }
  }
}

/** Asks whether somebody may approve an order. */
export function askFor(
  server: AuditedServer,
  subject: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<JsonAnswer> {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, aud: audience, sub: subject, iat: now, exp: now + 3600 };
  const token = signer.sign({}, claims);
  const body = { token, resource: "orders", action: "approve", ...more };
  return server.call("POST", "/acme/authorize", { body });
}
