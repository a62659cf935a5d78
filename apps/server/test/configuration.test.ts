import { expect, test } from "vitest";
import { type Configuration, readConfiguration } from "../src/configuration.js";

const rootKey = `byot_AAAAAAAA_${"B".repeat(43)}`;

test.each([
  ["authz.acme.com"],
  ["ftp://authz.acme.com"],
  ["https:authz.acme.com"],
  ["https://root:secret@authz.acme.com"],
  ["https://authz.acme.com/?a=b"],
  ["https://authz.acme.com/#top"],
  ["https://authz.acme.com, https://acme.com"],
])("takes no address for a public URL such as %s", (value) => {
  expect(readConfiguration({ BYOT_PUBLIC_URL: value })).toEqual({
    ok: false,
    problems: [
      "BYOT_PUBLIC_URL must be a URL such as `https://authz.acme.com`, without query or fragment",
    ],
  });
});

test("needs no variable at all", () => {
  expect(readConfiguration({})).toEqual({
    ok: true,
    configuration: {
      port: 8787,
      host: "127.0.0.1",
      store: { kind: "folder", path: ".byot" },
      allowLoopbackHttp: false,
      keyFetchAllow: [],
      tokenCacheSeconds: 60,
      logLevel: "info",
      logDecisions: false,
      http: {
        trustedProxies: [],
        corsOrigins: [],
        requestsPerMinute: 0,
        failedChecksPerMinute: 600,
      },
      monitoring: { traces: false },
    },
  });
});

const good: readonly (readonly [string, string, Partial<Configuration>])[] = [
  ["PORT", "0", { port: 0 }],
  ["PORT", "80", { port: 80 }],
  ["PORT", "65535", { port: 65_535 }],
  ["BYOT_HOST", "0.0.0.0", { host: "0.0.0.0" }],
  ["BYOT_HOST", "::1", { host: "::1" }],
  ["BYOT_PUBLIC_URL", "https://authz.acme.com", { publicUrl: "https://authz.acme.com" }],
  ["BYOT_PUBLIC_URL", "https://Authz.Acme.com:443/", { publicUrl: "https://authz.acme.com" }],
  ["BYOT_PUBLIC_URL", "http://10.0.0.7:8787", { publicUrl: "http://10.0.0.7:8787" }],
  ["BYOT_PUBLIC_URL", "https://acme.com/authz/", { publicUrl: "https://acme.com/authz" }],
  [
    "BYOT_DATA_DIR",
    "/var/lib/byot data",
    { store: { kind: "folder", path: "/var/lib/byot data" } },
  ],
  ["BYOT_ROOT_KEY", rootKey, { rootKey }],
  ["BYOT_ALLOW_LOOPBACK_HTTP", "true", { allowLoopbackHttp: true }],
  ["BYOT_ALLOW_LOOPBACK_HTTP", "false", { allowLoopbackHttp: false }],
  [
    "BYOT_KEY_FETCH_ALLOW",
    "login.acme.internal:8443, 10.1.0.0/16",
    { keyFetchAllow: ["login.acme.internal:8443", "10.1.0.0/16"] },
  ],
  ["BYOT_TOKEN_CACHE_SECONDS", "0", { tokenCacheSeconds: 0 }],
  ["BYOT_TOKEN_CACHE_SECONDS", "60", { tokenCacheSeconds: 60 }],
  ["BYOT_LOG_LEVEL", "fatal", { logLevel: "fatal" }],
  ["BYOT_LOG_LEVEL", "error", { logLevel: "error" }],
  ["BYOT_LOG_LEVEL", "warn", { logLevel: "warn" }],
  ["BYOT_LOG_LEVEL", "info", { logLevel: "info" }],
  ["BYOT_LOG_LEVEL", "debug", { logLevel: "debug" }],
  ["BYOT_LOG_LEVEL", "trace", { logLevel: "trace" }],
  ["BYOT_LOG_LEVEL", "silent", { logLevel: "silent" }],
  ["BYOT_LOG_DECISIONS", "true", { logDecisions: true }],
];

const closed = { trustedProxies: [], corsOrigins: [], requestsPerMinute: 0 };
const http = { ...closed, failedChecksPerMinute: 600 };

const operations: readonly (readonly [string, string, Partial<Configuration>])[] = [
  [
    "BYOT_TRUSTED_PROXIES",
    "loopback, 10.0.0.0/8",
    { http: { ...http, trustedProxies: ["loopback", "10.0.0.0/8"] } },
  ],
  [
    "BYOT_CORS_ORIGINS",
    "https://app.acme.com,http://localhost:5173",
    { http: { ...http, corsOrigins: ["https://app.acme.com", "http://localhost:5173"] } },
  ],
  ["BYOT_REQUESTS_PER_MINUTE", "6000", { http: { ...http, requestsPerMinute: 6000 } }],
  ["BYOT_FAILED_CHECKS_PER_MINUTE", "0", { http: { ...http, failedChecksPerMinute: 0 } }],
  ["BYOT_METRICS_PORT", "9464", { monitoring: { metricsPort: 9464, traces: false } }],
  [
    "BYOT_METRICS_TOKEN",
    "scrape-scrape-scrape-scrape",
    { monitoring: { metricsToken: "scrape-scrape-scrape-scrape", traces: false } },
  ],
  ["OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318", { monitoring: { traces: true } }],
  ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://collector:4318", { monitoring: { traces: true } }],
  ["OTEL_SERVICE_NAME", "authz", { monitoring: { traces: false } }],
];

const url = "postgres://byot:s3cr3t-p%40ss@db.acme.internal:5432/byot?sslmode=verify-full";

test.each([
  [{}, "auto"],
  [{ BYOT_MIGRATE: "auto" }, "auto"],
  [{ BYOT_MIGRATE: "check" }, "check"],
])("keeps everything in PostgreSQL when it is given one, with %j", (more, migrate) => {
  const read = readConfiguration({
    BYOT_DATABASE_URL: url,
    BYOT_ROOT_KEY: rootKey,
    ...more,
  });

  expect(read).toMatchObject({
    ok: true,
    configuration: { store: { kind: "postgres", url, migrate }, rootKey },
  });
});

test.each([
  ["postgresql://db.acme.internal/byot"],
  ["postgresql:///byot?host=/var/run/postgresql"],
])("takes %s for a PostgreSQL database", (database) => {
  const read = readConfiguration({ BYOT_DATABASE_URL: database, BYOT_ROOT_KEY: rootKey });

  expect(read).toMatchObject({ ok: true, configuration: { store: { url: database } } });
});

test.each([
  [
    "two places for the data",
    { BYOT_DATABASE_URL: url, BYOT_ROOT_KEY: rootKey, BYOT_DATA_DIR: ".byot" },
    /^BYOT_DATA_DIR and BYOT_DATABASE_URL are both set.*leave one of them out$/,
  ],
  [
    "a database without a root key, for which there would be no file",
    { BYOT_DATABASE_URL: url },
    /^BYOT_ROOT_KEY is required with BYOT_DATABASE_URL.*choose one at random/,
  ],
  [
    "a word about migrations where there is no database",
    { BYOT_MIGRATE: "check" },
    /^BYOT_MIGRATE is for BYOT_DATABASE_URL alone.*leave it out$/,
  ],
])("refuses %s, and says what to do", (_title, environment, problem) => {
  const read = readConfiguration(environment);

  expect(read).toEqual({ ok: false, problems: [expect.stringMatching(problem)] });
});

test.each([...good, ...operations])("reads %s=%s", (name, value, expected) => {
  expect(readConfiguration({ [name]: value })).toMatchObject({ ok: true, configuration: expected });
});

test.each([
  ["PORT", "65536", "PORT must be at most 65535"],
  ["PORT", "-1", "PORT must be a port number"],
  ["PORT", "80.5", "PORT must be a port number"],
  ["PORT", "http", "PORT must be a port number"],
  ["PORT", "0x50", "PORT must be a port number"],
  ["PORT", " 80", "PORT must be a port number"],
  ["PORT", "100000", "PORT must be a port number"],
  ["BYOT_TOKEN_CACHE_SECONDS", "61", "BYOT_TOKEN_CACHE_SECONDS must be at most 60 seconds"],
  ["BYOT_ALLOW_LOOPBACK_HTTP", "yes", "BYOT_ALLOW_LOOPBACK_HTTP must be `true` or `false`"],
  ["BYOT_ALLOW_LOOPBACK_HTTP", "TRUE", "BYOT_ALLOW_LOOPBACK_HTTP must be `true` or `false`"],
  ["BYOT_ALLOW_LOOPBACK_HTTP", "1", "BYOT_ALLOW_LOOPBACK_HTTP must be `true` or `false`"],
  [
    "BYOT_LOG_LEVEL",
    "loud",
    "BYOT_LOG_LEVEL must be `fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`",
  ],
  [
    "BYOT_TRUSTED_PROXIES",
    "10.0.0.0/8, proxy.acme.com",
    "BYOT_TRUSTED_PROXIES must be addresses, ranges such as `10.0.0.0/8` (not all addresses) or `loopback`, with commas between",
  ],
  [
    "BYOT_CORS_ORIGINS",
    "*",
    "BYOT_CORS_ORIGINS must be origins such as `https://app.acme.com`, with commas between; `*` is none, list each",
  ],
  [
    "BYOT_REQUESTS_PER_MINUTE",
    "-1",
    "BYOT_REQUESTS_PER_MINUTE must be a whole number, 0 to 9999999; 0 sets no limit",
  ],
  [
    "BYOT_FAILED_CHECKS_PER_MINUTE",
    "many",
    "BYOT_FAILED_CHECKS_PER_MINUTE must be a whole number, 0 to 9999999; 0 sets no limit",
  ],
  ["BYOT_METRICS_PORT", "65536", "BYOT_METRICS_PORT must be at most 65535"],
  [
    "BYOT_METRICS_TOKEN",
    "short",
    "BYOT_METRICS_TOKEN must be 24 to 256 characters of A-Z, a-z, 0-9 and ._~+/-",
  ],
  [
    "BYOT_ROOT_KEY",
    "admin",
    "BYOT_ROOT_KEY must be `byot_`, 8 characters, `_` and 43 characters of A-Z, a-z, 0-9, - and _",
  ],
])("refuses %s=%s", (name, value, problem) => {
  expect(readConfiguration({ [name]: value })).toEqual({ ok: false, problems: [problem] });
});

test.each([["BYOT_PROT"], ["BYOT_"], ["BYOT_DATA_DIRECTORY"], ["BYOT___proto__"]])(
  "refuses %s, which it does not know, and names what it knows",
  (name) => {
    const read = readConfiguration({ [name]: "anything" });

    expect(read).toMatchObject({ ok: false, problems: { length: 1 } });
    expect(JSON.stringify(read)).toContain(`${name} is not a variable of this version`);
    expect(JSON.stringify(read)).toContain("BYOT_DATA_DIR,");
  },
);

test.each([["BYOT_URL"], ["BYOT_WORKSPACE"], ["BYOT_API_KEY"], ["PATH"], ["byot_host"]])(
  "leaves %s to others",
  (name) => {
    expect(readConfiguration({ [name]: "anything" })).toMatchObject({ ok: true });
  },
);

test("takes an empty variable for an absent one, also one it does not know", () => {
  const read = readConfiguration({
    PORT: "",
    BYOT_ROOT_KEY: "",
    BYOT_PROT: "",
    BYOT_HOST: undefined,
  });

  expect(read).toEqual(readConfiguration({}));
});

test("lists every problem at once", () => {
  const read = readConfiguration({
    PORT: "http",
    BYOT_LOG_LEVEL: "loud",
    BYOT_ALLOW_LOOPBACK_HTTP: "maybe",
    BYOT_ROOT_KEY: "admin",
    BYOT_PROT: "8787",
    BYOT_HSOT: "localhost",
  });

  expect(read).toMatchObject({ ok: false, problems: { length: 6 } });
});

test("repeats no value, since it may be a key", () => {
  const secret = `${rootKey}x`;

  const read = readConfiguration({
    PORT: secret,
    BYOT_LOG_LEVEL: secret,
    BYOT_ALLOW_LOOPBACK_HTTP: secret,
    BYOT_ROOT_KEY: secret,
    BYOT_ROOTKEY: secret,
    BYOT_DATABASE_URL: `mysql://byot:${secret}@db/byot`,
    BYOT_MIGRATE: secret,
    BYOT_TRUSTED_PROXIES: secret,
    BYOT_CORS_ORIGINS: secret,
    BYOT_METRICS_TOKEN: `${secret} `,
  });

  expect(read).toMatchObject({ ok: false, problems: { length: 10 } });
  expect(JSON.stringify(read)).not.toContain("BBBB");
});
