import { z } from "zod";
import * as form from "./environment-forms.js";
import { defaultFailedChecksPerMinute, type HttpOptions } from "./http/http-options.js";
import { type LogLevel, logLevels } from "./process/log-level.js";
import { publicUrlSchema } from "./public-url.js";

/** What the server is told by its environment. */
export interface Configuration {
  /** The port to listen on (`PORT`); 0 takes any free one. @defaultValue `8787` */
  readonly port: number;
  /** The address to listen on (`BYOT_HOST`). @defaultValue `127.0.0.1` */
  readonly host: string;
  /**
   * Where callers reach the server, as they spell it (`BYOT_PUBLIC_URL`): the only origin of the console, and the
   * beginning of every URL that is answered. Behind a proxy this is the proxy's. @defaultValue not known
   */
  readonly publicUrl?: string;
  /** Where everything is kept. @defaultValue the folder `.byot` */
  readonly store: StoreChoice;
  /**
   * The API key that may do everything (`BYOT_ROOT_KEY`). Always there with a PostgreSQL database.
   * @defaultValue made at the first start and kept in a file
   */
  readonly rootKey?: string;
  /**
   * Whether identity providers on loopback may be reached by plain http (`BYOT_ALLOW_LOOPBACK_HTTP`); for development
   * only. @defaultValue `false`
   */
  readonly allowLoopbackHttp: boolean;
  /**
   * Identity providers on private networks that keys may be fetched from by https (`BYOT_KEY_FETCH_ALLOW`): each a
   * `host:port` or a range of addresses, separated by commas. @defaultValue none
   */
  readonly keyFetchAllow: readonly string[];
  /**
   * How long an accepted token may be remembered, in seconds, 0–60 (`BYOT_TOKEN_CACHE_SECONDS`); 0 verifies every
   * signature anew. @defaultValue `60`
   */
  readonly tokenCacheSeconds: number;
  /** How much is logged (`BYOT_LOG_LEVEL`). @defaultValue `info` */
  readonly logLevel: LogLevel;
  /**
   * Whether requests for decisions are logged like all others (`BYOT_LOG_DECISIONS`), which costs more than the decision
   * itself; the decision log is their record. @defaultValue `false`
   */
  readonly logDecisions: boolean;
  /**
   * What stands between the server and its callers: `BYOT_TRUSTED_PROXIES`, `BYOT_CORS_ORIGINS`,
   * `BYOT_REQUESTS_PER_MINUTE` and `BYOT_FAILED_CHECKS_PER_MINUTE`.
   */
  readonly http: Required<HttpOptions>;
  /** How the server is watched. */
  readonly monitoring: Monitoring;
}

/** How the server is watched. Nothing is unless it is asked for. */
export interface Monitoring {
  /**
   * The port on which `/metrics` is answered to anybody who can reach it (`BYOT_METRICS_PORT`), on the same address as
   * everything else; 0 takes any free one. @defaultValue none
   */
  readonly metricsPort?: number;
  /**
   * The bearer token with which `/metrics` is answered on the server's own port (`BYOT_METRICS_TOKEN`).
   * @defaultValue it is not
   */
  readonly metricsToken?: string;
  /**
   * Whether traces are exported: `OTEL_EXPORTER_OTLP_ENDPOINT` or `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` is set. The
   * SDK of OpenTelemetry reads its own variables. @defaultValue `false`
   */
  readonly traces: boolean;
}

/** Where everything is kept. */
export type StoreChoice =
  | {
      /** SQLite files. */
      readonly kind: "folder";
      /** The folder that holds them (`BYOT_DATA_DIR`). @defaultValue `.byot` */
      readonly path: string;
    }
  | {
      /** A PostgreSQL database, which several servers may share. */
      readonly kind: "postgres";
      /** Its URL (`BYOT_DATABASE_URL`), which is a secret: it may hold a password. */
      readonly url: string;
      /**
       * Whether a start brings the tables up to date or refuses to go on with old ones (`BYOT_MIGRATE`).
       * @defaultValue `auto`
       */
      readonly migrate: "auto" | "check";
    };

/** What came of reading the environment. */
export type ConfigurationResult =
  | {
      /** It can be used. */
      readonly ok: true;
      /** The configuration. */
      readonly configuration: Configuration;
    }
  | {
      /** It cannot be used. */
      readonly ok: false;
      /** Every problem, one line each. */
      readonly problems: readonly string[];
    };

const variables = {
  PORT: form.port.default(8787),
  BYOT_HOST: z.string().default("127.0.0.1"),
  BYOT_PUBLIC_URL: publicUrlSchema.exactOptional(),
  BYOT_DATA_DIR: z.string().default(".byot"),
  BYOT_DATABASE_URL: form.databaseUrl.exactOptional(),
  BYOT_MIGRATE: form.oneOf(["auto", "check"]).default("auto"),
  BYOT_ROOT_KEY: form.rootKey.exactOptional(),
  BYOT_ALLOW_LOOPBACK_HTTP: form.yesOrNo.default(false),
  BYOT_KEY_FETCH_ALLOW: form.keyFetchAllow.default([]),
  BYOT_TOKEN_CACHE_SECONDS: form.tokenCacheSeconds.default(form.longestTokenCacheSeconds),
  BYOT_TRUSTED_PROXIES: form.trustedProxies.default([]),
  BYOT_CORS_ORIGINS: form.corsOrigins.default([]),
  BYOT_REQUESTS_PER_MINUTE: form.perMinute.default(0),
  BYOT_FAILED_CHECKS_PER_MINUTE: form.perMinute.default(defaultFailedChecksPerMinute),
  BYOT_METRICS_PORT: form.port.exactOptional(),
  BYOT_METRICS_TOKEN: form.bearerToken.exactOptional(),
  BYOT_LOG_LEVEL: form.oneOf(logLevels).default("info"),
  BYOT_LOG_DECISIONS: form.yesOrNo.default(false),
};

// Everybody's: what they hold is for the SDK of OpenTelemetry to read.
const tracingVariables = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

const environmentSchema = z.object(variables);

// They belong to clients, which may share the server's environment.
const othersVariables = new Set(["BYOT_URL", "BYOT_WORKSPACE", "BYOT_API_KEY"]);

/**
 * Reads the configuration from environment variables. An empty one counts as absent. A variable that begins with
 * `BYOT_` and is not known is a problem: it is misspelt, or meant for a newer version, and ignoring it would run
 * something else than what was asked for.
 */
export function readConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
): ConfigurationResult {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const read = environmentSchema.safeParse(given);
  const problems = [
    ...(read.success ? [] : read.error.issues.map(describeIssue)),
    ...contradictions.flatMap(({ holds, problem }) =>
      holds((name) => Object.hasOwn(given, name)) ? [problem] : [],
    ),
    ...Object.keys(given).filter(isUnknown).map(describeUnknown),
  ];
  if (!read.success || problems.length > 0) {
    return { ok: false, problems };
  }
  const traces = tracingVariables.some((name) => Object.hasOwn(given, name));
  return { ok: true, configuration: configurationFrom(read.data, traces) };
}

function configurationFrom(
  data: z.output<typeof environmentSchema>,
  traces: boolean,
): Configuration {
  const { BYOT_ROOT_KEY, BYOT_DATABASE_URL: url, BYOT_PUBLIC_URL: publicUrl } = data;
  const { BYOT_METRICS_PORT, BYOT_METRICS_TOKEN } = data;
  return {
    port: data.PORT,
    host: data.BYOT_HOST,
    ...(publicUrl === undefined ? {} : { publicUrl }),
    store:
      url === undefined
        ? { kind: "folder", path: data.BYOT_DATA_DIR }
        : { kind: "postgres", url, migrate: data.BYOT_MIGRATE },
    ...(BYOT_ROOT_KEY === undefined ? {} : { rootKey: BYOT_ROOT_KEY }),
    allowLoopbackHttp: data.BYOT_ALLOW_LOOPBACK_HTTP,
    keyFetchAllow: data.BYOT_KEY_FETCH_ALLOW,
    tokenCacheSeconds: data.BYOT_TOKEN_CACHE_SECONDS,
    logLevel: data.BYOT_LOG_LEVEL,
    logDecisions: data.BYOT_LOG_DECISIONS,
    http: {
      trustedProxies: data.BYOT_TRUSTED_PROXIES,
      corsOrigins: data.BYOT_CORS_ORIGINS,
      requestsPerMinute: data.BYOT_REQUESTS_PER_MINUTE,
      failedChecksPerMinute: data.BYOT_FAILED_CHECKS_PER_MINUTE,
    },
    monitoring: {
      ...(BYOT_METRICS_PORT === undefined ? {} : { metricsPort: BYOT_METRICS_PORT }),
      ...(BYOT_METRICS_TOKEN === undefined ? {} : { metricsToken: BYOT_METRICS_TOKEN }),
      traces,
    },
  };
}

interface Contradiction {
  /** Whether it holds for the variables that are set. */
  readonly holds: (isSet: (name: keyof typeof variables) => boolean) => boolean;
  readonly problem: string;
}

const contradictions: readonly Contradiction[] = [
  {
    holds: (isSet) => isSet("BYOT_DATABASE_URL") && isSet("BYOT_DATA_DIR"),
    problem:
      "BYOT_DATA_DIR and BYOT_DATABASE_URL are both set, and a server keeps its data in one place; leave one of them out",
  },
  {
    holds: (isSet) => isSet("BYOT_DATABASE_URL") && !isSet("BYOT_ROOT_KEY"),
    problem:
      "BYOT_ROOT_KEY is required with BYOT_DATABASE_URL, since no folder is there that a new key could be written to; choose one at random and set it for every server of the database",
  },
  {
    holds: (isSet) => isSet("BYOT_MIGRATE") && !isSet("BYOT_DATABASE_URL"),
    problem:
      "BYOT_MIGRATE is for BYOT_DATABASE_URL alone, since files are always brought up to date; leave it out",
  },
];

function isUnknown(name: string): boolean {
  return name.startsWith("BYOT_") && !Object.hasOwn(variables, name) && !othersVariables.has(name);
}

function describeUnknown(name: string): string {
  return `${name} is not a variable of this version; known are ${Object.keys(variables).join(", ")}`;
}

// SECURITY: the value is never repeated: it may be a key or hold a password.
function describeIssue({ path, message }: z.core.$ZodIssue): string {
  return `${String(path[0])} ${message}`;
}
