import type { RequestListener, Server } from "node:http";
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
import {
  type AppParts,
  createApp,
  createHttpFrame,
  createListener,
  type HttpOptions,
} from "@byot/server";
import { type ChangeOrigin, defaultWorkspaceSettings, type Storage } from "@byot/storage";
import { openMemoryStorage } from "@byot/storage-memory";
import { createSettableClock, type SettableClock } from "@byot/testkit";
import { createKeySources, createTokenVerifier } from "@byot/token-verifier";
import { createNodeFetcher } from "@byot/token-verifier/node";
import type { Express, Router } from "express";
import { pino } from "pino";
import { expect } from "vitest";
import { v7 as uuid } from "uuid";
import { createApiKey } from "../../src/access/api-key.js";
import { openConsoleSessions } from "../../src/access/console-sessions.js";
import {
  createInstruments,
  type Instruments,
  noInstruments,
} from "../../src/metrics/instruments.js";
import type { ServiceMetrics } from "../../src/metrics/service-metrics.js";
import { openPseudonyms } from "../../src/operations/audit/subject-pseudonyms.js";
import type { DescribeApi } from "../../src/reference/reference-router.js";
import { listen } from "../../src/process/listen.js";
import { scheduleTimeout } from "../../src/process/schedules.js";
import { type Caller, createCaller } from "./caller.js";

/** The issuer that the tests' provider vouches for. */
export const issuer = "https://login.acme.com";
/** The audience of the tests' tokens. */
export const audience = "acme-api";

const signingKey = await generateSigningKey();

/** Both ways in which decisions are answered: ahead of Express, or by Express. */
export const mountings = ["node", "express"] as const;
/** How decisions are answered. */
export type Mounting = (typeof mountings)[number];

const answering: Readonly<Record<Mounting, (parts: AppParts) => RequestListener>> = {
  node: createListener,
  express: createApp,
};

let usualMounting: Mounting = "node";

/** Chooses how decisions are answered by services that do not say it themselves: for suites that run through both ways. */
export function mountDecisions(mounting: Mounting): void {
  usualMounting = mounting;
}

/** How decisions are answered by services that do not say it themselves. */
export function chosenMounting(): Mounting {
  return usualMounting;
}

/** How a test's service differs from the usual one. */
export interface ServiceOptions {
  /** How decisions are answered. @defaultValue as was chosen by {@link mountDecisions} */
  readonly mounting?: Mounting;
  /** Makes the application part of another one, which listens in its place. */
  readonly embed?: (app: Express) => Express;
  /** Whether requests for decisions are logged. @defaultValue `false` */
  readonly logDecisions?: boolean;
  /** Puts something between the service and its memory. */
  readonly wrapStorage?: (storage: Storage) => Storage;
  /** Whether identity providers on loopback are reached by plain http. @defaultValue there is no network */
  readonly reachesLoopback?: boolean;
  /** How it deals with what stands between it and its callers. @defaultValue closed to everybody */
  readonly http?: HttpOptions;
  /** The token for `/metrics`; everything is measured then. @defaultValue nothing is */
  readonly metricsToken?: string;
  /** Describes the API. @defaultValue nobody does */
  readonly describeApi?: DescribeApi;
  /** Where callers reach it, as the operator says. @defaultValue not known */
  readonly publicUrl?: string;
  /** Routes before the API's. */
  readonly extraRoutes?: (idp: LocalIdp) => Router;
}

/** The whole application in this process, listening on loopback, on an empty memory. */
export interface Service extends Caller, AsyncDisposable {
  /** Where it answers. */
  readonly url: string;
  /** The application as Express sees it. */
  readonly app: Express;
  /** What listens there. */
  readonly server: Server;
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

const freePort = { port: 0, host: "127.0.0.1", furtherPorts: 0, onTaken: () => undefined };

function answererFor({
  mounting = usualMounting,
  embed,
}: ServiceOptions): (parts: AppParts) => RequestListener {
  return embed === undefined ? answering[mounting] : (parts) => embed(createApp(parts));
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
  const instruments =
    options.metricsToken === undefined ? noInstruments : createInstruments(stopwatch);
  const { services, metrics } = await servicesOn(storage, {
    clock: clock.now,
    allowLoopbackHttp: options.reachesLoopback ?? false,
    publicUrl: options.publicUrl,
    instruments,
  });
  const parts: AppParts = {
    logDecisions: options.logDecisions ?? false,
    services,
    logger,
    frame: createHttpFrame({
      createId: uuid,
      options: options.http ?? {},
      observer: instruments.http,
    }),
    ...guardedBy(options.metricsToken, metrics),
    ...(options.describeApi && { describeApi: options.describeApi }),
    ...(options.extraRoutes && { extraRoutes: options.extraRoutes(idp) }),
  };
  const { server, url } = await listen(answererFor(options)(parts), freePort);
  const makeKey = keyMaker(memory, clock);
  const rootKey = await makeKey();
  const caller = createCaller(url, rootKey);
  return {
    ...caller,
    url,
    app: createApp(parts),
    server,
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

function guardedBy(
  token: string | undefined,
  metrics: ServiceMetrics | undefined,
): Pick<AppParts, "metrics"> {
  return token === undefined || metrics === undefined ? {} : { metrics: { metrics, token } };
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

interface World {
  readonly clock: () => Date;
  readonly allowLoopbackHttp: boolean;
  readonly publicUrl: string | undefined;
  readonly instruments: Instruments;
}

interface ServedParts extends Pick<AppParts, "services"> {
  readonly metrics: ServiceMetrics | undefined;
}

async function servicesOn(
  storage: Storage,
  { clock, allowLoopbackHttp, publicUrl, instruments }: World,
): Promise<ServedParts> {
  const snapshots = createWorkspaceSnapshots(storage, { stopwatch, schedule: scheduleTimeout });
  const log = instruments.log(storage.decisionLog);
  const pseudonym = await openPseudonyms(storage.secrets, randomBytes);
  const keyUrlRules = { allowLoopbackHttp };
  const fetcher = allowLoopbackHttp ? createNodeFetcher(keyUrlRules) : noNetwork;
  const keys = instruments.keys(createKeySources({ fetcher, clock }));
  const verifier = createTokenVerifier({ keys, clock });
  const decisionRecorder = createDecisionRecorder({
    log,
    stopwatch,
    schedule: scheduleTimeout,
    onNotRecorded: () => undefined,
  });
  const services: AppParts["services"] = {
    storage,
    keys,
    diagnoseToken: (request) =>
      diagnoseToken({ verifier, keys, clock, prepareClaims, explainClaims }, request),
    authorizer: instruments.authorizer(
      createAuthorizer({
        workspaces: snapshots,
        verifier: instruments.verifier(verifier),
        decisionRecorder: instruments.recorder(decisionRecorder),
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
    ),
    clock,
    createId: uuid,
    pseudonym,
    sessions: await openConsoleSessions(storage.secrets, randomBytes),
    publicUrl,
    randomBytes,
    keyUrlRules,
  };
  return { services, metrics: instruments.metrics({ decisionRecorder, snapshots }) };
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
