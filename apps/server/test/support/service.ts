import { createServer, type Server } from "node:http";
import { createHash, randomBytes } from "node:crypto";
import { Writable } from "node:stream";
import { scopes as everyScope, type Scope } from "@byot/api-contract";
import {
  createAuthorizer,
  createDecisionRecorder,
  createRefusalRecorder,
  createWorkspaceSnapshots,
  diagnoseToken,
  type Schedule,
} from "@byot/authorizer";
import {
  createLocalIdp,
  demoPeople,
  generateSigningKey,
  type IssueTokenOptions,
  type LocalIdp,
} from "@byot/local-idp";
import { explainClaims, prepareClaims } from "@byot/provider-presets";
import { createApp } from "@byot/server";
import { type ChangeOrigin, defaultWorkspaceSettings, type Storage } from "@byot/storage";
import { openMemoryStorage } from "@byot/storage-memory";
import { createSettableClock, type SettableClock } from "@byot/testkit";
import { createKeySources, createTokenVerifier } from "@byot/token-verifier";
import { createNodeFetcher } from "@byot/token-verifier/node";
import type { Router } from "express";
import { pino } from "pino";
import { expect } from "vitest";
import { v7 as uuid } from "uuid";
import { createApiKey } from "../../src/access/api-key.js";
import { openConsoleSessions } from "../../src/access/console-sessions.js";
import { openPseudonyms } from "../../src/operations/audit/subject-pseudonyms.js";
import { scheduleTimeout } from "../../src/process/schedules.js";
import { type Caller, createCaller } from "./caller.js";

/** The issuer that the tests' provider vouches for. */
export const issuer = "https://login.acme.com";
/** The audience of the tests' tokens. */
export const audience = "acme-api";

const signingKey = await generateSigningKey();

/** How a test's service differs from the usual one. */
export interface ServiceOptions {
  /** Puts something between the service and its memory. */
  readonly wrapStorage?: (storage: Storage) => Storage;
  /** Whether identity providers on loopback are reached by plain http. @defaultValue there is no network */
  readonly reachesLoopback?: boolean;
  /** Where callers reach it, as the operator says. @defaultValue not known */
  readonly publicUrl?: string;
  /** Routes before the API's. */
  readonly extraRoutes?: (idp: LocalIdp) => Router;
}

/** The whole application in this process, listening on loopback, on an empty memory. */
export interface Service extends Caller, AsyncDisposable {
  /** Where it answers. */
  readonly url: string;
  /** Its memory, for what the API does not show. */
  readonly storage: Storage;
  /** Its time. */
  readonly clock: SettableClock;
  /** An identity provider with the people ada, ben and cleo. */
  readonly idp: LocalIdp;
  /** What it has logged, parsed. */
  logged(): readonly Readonly<Record<string, unknown>>[];
  /** A fresh token of a person. */
  tokenOf(person: string, options?: IssueTokenOptions): Promise<string>;
  /** Makes a key in storage: good for one workspace, or for all. */
  makeKey(options?: KeyOptions): Promise<string>;
}

/** What a key of a test may do. */
export interface KeyOptions {
  /** @defaultValue every scope */
  readonly scopes?: readonly Scope[];
  /** @defaultValue every workspace */
  readonly workspaceId?: string;
  /** @defaultValue never */
  readonly expiresAt?: Date;
  /** @defaultValue not */
  readonly revokedAt?: Date;
}

/** Starts the application. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const memory = openMemoryStorage();
  const storage = options.wrapStorage?.(memory) ?? memory;
  const clock = createSettableClock("2026-03-02T09:00:00.000Z");
  const idp = createLocalIdp({
    issuer,
    audience,
    people: demoPeople,
    key: signingKey,
    clock: clock.now,
  });
  const lines: string[] = [];
  const logger = pino({ base: null }, collect(lines));
  const server = createServer(
    createApp({
      services: await servicesOn(storage, clock.now, options),
      logger,
      ...(options.extraRoutes === undefined ? {} : { extraRoutes: options.extraRoutes(idp) }),
    }),
  );
  const url = await listen(server);
  const makeKey = keyMaker(memory, clock);
  const rootKey = await makeKey();
  const caller = createCaller(url, rootKey);
  return {
    ...caller,
    url,
    storage: memory,
    clock,
    idp,
    makeKey: async (keyOptions) => caller.keepSecret(await makeKey(keyOptions)),
    logged: () => lines.map((line): Readonly<Record<string, unknown>> => JSON.parse(line)),
    tokenOf: async (person, tokenOptions) => {
      const issued = await idp.issueToken(person, tokenOptions);
      return caller.keepSecret(issued.ok ? issued.value : "");
    },
    async [Symbol.asyncDispose]() {
      await close(server);
      await memory.close();
      for (const secret of caller.secrets()) {
        expect(lines.join("")).not.toContain(secret);
      }
    },
  };
}

// Every other provider of these tests has its keys inline; nothing may reach for the network.
function noNetwork(): Promise<never> {
  return Promise.reject(new Error("the tests have no network"));
}

// Nobody waits for the record of a refused token: it is written before the next request comes.
const atOnce: Schedule = (work) => {
  const immediate = setImmediate(work);
  return () => {
    clearImmediate(immediate);
  };
};

const stopwatch = (): number => performance.now();

async function servicesOn(
  storage: Storage,
  clock: () => Date,
  { reachesLoopback: allowLoopbackHttp = false, publicUrl }: ServiceOptions,
): Promise<Parameters<typeof createApp>[0]["services"]> {
  const snapshots = createWorkspaceSnapshots(storage, { stopwatch, schedule: scheduleTimeout });
  const log = storage.decisionLog;
  const pseudonym = await openPseudonyms(storage.secrets, randomBytes);
  const keyUrlRules = { allowLoopbackHttp };
  const fetcher = allowLoopbackHttp ? createNodeFetcher(keyUrlRules) : noNetwork;
  const keys = createKeySources({ fetcher, clock });
  const verifier = createTokenVerifier({ keys, clock });
  return {
    storage,
    keys,
    diagnoseToken: (request) =>
      diagnoseToken({ verifier, keys, clock, prepareClaims, explainClaims }, request),
    authorizer: createAuthorizer({
      workspaces: snapshots,
      verifier,
      decisionRecorder: createDecisionRecorder({
        log,
        stopwatch,
        schedule: scheduleTimeout,
        onNotRecorded: () => undefined,
      }),
      refusalRecorder: createRefusalRecorder({
        log,
        createId: uuid,
        stopwatch,
        schedule: atOnce,
        onRefusalsLost: () => undefined,
      }),
      clock,
      createId: uuid,
      prepareClaims,
      stopwatch,
      hash: (text) => createHash("sha256").update(text).digest("hex"),
      pseudonym,
    }),
    clock,
    createId: uuid,
    pseudonym,
    sessions: await openConsoleSessions(storage.secrets, randomBytes),
    publicUrl,
    randomBytes,
    keyUrlRules,
  };
}

/** Who the tests are for the change log. */
export const origin: ChangeOrigin = { by: { kind: "system", id: "tests" } };

function keyMaker(
  storage: Storage,
  clock: SettableClock,
): (options?: KeyOptions) => Promise<string> {
  return async ({ scopes = everyScope, revokedAt, ...rest } = {}) => {
    const { key, id, secretHash } = createApiKey(randomBytes);
    await ensureWorkspace(storage, rest.workspaceId, clock.now());
    const record = { id, secretHash, name: "test", scopes, createdAt: clock.now(), ...rest };
    await storage.apiKeys.create(record, origin);
    if (revokedAt !== undefined) {
      await storage.apiKeys.revoke(id, revokedAt, origin);
    }
    return key;
  };
}

function collect(lines: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      resolve(`http://127.0.0.1:${port}`);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** A key can be bound only to a workspace that exists. */
async function ensureWorkspace(storage: Storage, id: string | undefined, at: Date): Promise<void> {
  if (id === undefined || (await storage.revision(id)) !== undefined) {
    return;
  }
  const value = { id, name: id, settings: defaultWorkspaceSettings };
  const writes = [{ operation: "put", kind: "workspace", value, expectedVersion: null }] as const;
  await storage.apply({ ...origin, workspaceId: id, at, writes });
}
