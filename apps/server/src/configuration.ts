import { createNodeFetcher } from "@byot/token-verifier/node";
import { z } from "zod";
import { apiKeyId } from "./access/api-key.js";
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

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

/** How much is logged. */
export type LogLevel = (typeof logLevels)[number];

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

const port = z
  .string()
  .regex(/^\d{1,5}$/, "must be a port number")
  .transform(Number)
  .refine((number) => number <= 65_535, "must be at most 65535");

const rootKey = z
  .string()
  .refine(
    (key) => apiKeyId(key) !== undefined,
    "must be `byot_`, 8 characters, `_` and 43 characters of A-Z, a-z, 0-9, - and _",
  );

const yesOrNo = z
  .enum(["true", "false"], "must be `true` or `false`")
  .transform((text) => text === "true");

const keyFetchAllow = z
  .string()
  .transform((text) => text.split(",").map((entry) => entry.trim()))
  .refine(
    areKeyUrlRules,
    "must be `host:port` or ranges such as `10.1.0.0/16`, with commas between",
  );

function areKeyUrlRules(allow: readonly string[]): boolean {
  try {
    createNodeFetcher({ allow });
    return true;
  } catch {
    return false;
  }
}

const longestTokenCacheSeconds = 60;

const tokenCacheSeconds = z
  .string()
  .regex(/^\d{1,2}$/, "must be a whole number of seconds, 0 to 60")
  .transform(Number)
  .refine((seconds) => seconds <= longestTokenCacheSeconds, "must be at most 60 seconds");

const databaseUrl = z
  .string()
  .refine(
    (text) => /^postgres(?:ql)?:\/\//.test(text) && URL.canParse(text),
    "must be a URL such as `postgres://user:password@host:5432/database`",
  );

const migrations = ["auto", "check"] as const;

const variables = {
  PORT: port.default(8787),
  BYOT_HOST: z.string().default("127.0.0.1"),
  BYOT_PUBLIC_URL: publicUrlSchema.exactOptional(),
  BYOT_DATA_DIR: z.string().default(".byot"),
  BYOT_DATABASE_URL: databaseUrl.exactOptional(),
  BYOT_MIGRATE: z.enum(migrations, "must be `auto` or `check`").default("auto"),
  BYOT_ROOT_KEY: rootKey.exactOptional(),
  BYOT_ALLOW_LOOPBACK_HTTP: yesOrNo.default(false),
  BYOT_KEY_FETCH_ALLOW: keyFetchAllow.default([]),
  BYOT_TOKEN_CACHE_SECONDS: tokenCacheSeconds.default(longestTokenCacheSeconds),
  BYOT_LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(", ")}`).default("info"),
};

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
  const { BYOT_ROOT_KEY, BYOT_DATABASE_URL: url, BYOT_PUBLIC_URL: publicUrl } = read.data;
  return {
    ok: true,
    configuration: {
      port: read.data.PORT,
      host: read.data.BYOT_HOST,
      ...(publicUrl === undefined ? {} : { publicUrl }),
      store:
        url === undefined
          ? { kind: "folder", path: read.data.BYOT_DATA_DIR }
          : { kind: "postgres", url, migrate: read.data.BYOT_MIGRATE },
      ...(BYOT_ROOT_KEY === undefined ? {} : { rootKey: BYOT_ROOT_KEY }),
      allowLoopbackHttp: read.data.BYOT_ALLOW_LOOPBACK_HTTP,
      keyFetchAllow: read.data.BYOT_KEY_FETCH_ALLOW,
      tokenCacheSeconds: read.data.BYOT_TOKEN_CACHE_SECONDS,
      logLevel: read.data.BYOT_LOG_LEVEL,
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
