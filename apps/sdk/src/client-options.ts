import { checkCallOptions, wholeNumber } from "./transport/check-call-options.js";
import type { FetchLike } from "./transport/fetch-like.js";
import type { Hooks } from "./transport/hooks.js";
import type { TransportSettings } from "./transport/transport.js";
import { version } from "./version.js";

/** How to reach the server and on whose behalf. */
export interface ByotClientOptions extends Hooks {
  /**
   * The address of the byot server, such as `https://authz.acme.com`; a path in it is kept.
   * @defaultValue the environment variable `BYOT_URL`
   */
  readonly baseUrl?: string | undefined;
  /**
   * The workspace to ask.
   * @defaultValue the environment variable `BYOT_WORKSPACE`
   */
  readonly workspaceId?: string | undefined;
  /**
   * For everything but checks; for checks only to `explain`, or where the workspace sets `checksRequireApiKey`.
   * @defaultValue the environment variable `BYOT_API_KEY`; without it no key is sent
   */
  readonly apiKey?: string | undefined;
  /**
   * The total time of one call in milliseconds, with all its attempts and pauses; 1–600,000.
   * @defaultValue `2000` for a check, `30000` for everything else
   */
  readonly timeoutMs?: number | undefined;
  /**
   * How many attempts may follow the first after a failed connection, a 503 or a 429; 0–10. A call that changes
   * something is tried again after a 429 only.
   * @defaultValue `2`
   */
  readonly retries?: number | undefined;
  /**
   * Makes the requests, for example through a proxy. It must not follow redirects when told `redirect: "manual"`.
   * @defaultValue the runtime's `fetch`
   */
  readonly fetch?: FetchLike | undefined;
  /**
   * Names the application in the server's log, such as `billing/1.4`: put before `byot-sdk/…` in `User-Agent`.
   * @defaultValue none; in a web page the field is then left to the browser
   */
  readonly userAgent?: string | undefined;
  /**
   * The ids of the obligations this application carries out. An Allow that comes with any other is a Deny with the
   * reason `obligation_unknown`.
   * @defaultValue `[]`
   */
  readonly knownObligations?: readonly string[] | undefined;
  /**
   * Permits an API key in a web page, where every visitor can read it.
   * @defaultValue `false`
   */
  readonly dangerouslyAllowApiKeyInBrowser?: boolean | undefined;
}

/** Options that have been checked and completed. */
export interface ClientSettings {
  /** Where and how requests go. */
  readonly transport: TransportSettings;
  /** The workspace to ask. */
  readonly workspaceId: string;
  /** The ids of the obligations this application carries out. */
  readonly knownObligations: ReadonlySet<string>;
}

const mostRetries = 10;
const workspacePattern = /^[a-z][a-z0-9_-]{0,62}$/;
const headerSafe = /^[\x21-\x7e]+$/;
const inBrowser = (): boolean => typeof document !== "undefined";

function fromEnvironment(name: string): string | undefined {
  try {
    const value = typeof process === "undefined" ? undefined : process.env?.[name];
    return value === "" ? undefined : value;
  } catch {
    // Deno throws when the program may not read its environment; to us the variable is then not set.
    return undefined;
  }
}

function required(value: string | undefined, option: string, variable: string): string {
  if (value === undefined || value === "") {
    throw new TypeError(
      `\`${option}\` is missing: pass it to \`new ByotClient({ ${option} })\` or set ${variable}`,
    );
  }
  return value;
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

// The value is not repeated in the messages: it may hold a password.
function parseBaseUrl(text: string): string {
  const url = parseUrl(text);
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw new TypeError("`baseUrl` must be a URL such as `https://authz.acme.com`");
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new TypeError("`baseUrl` must not hold a user, a password, a query or a fragment");
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

// SECURITY: left to `fetch`, a key with a line break would come back in the text of its error.
function checkHeaderText(name: string, text: string): void {
  if (!headerSafe.test(text)) {
    throw new TypeError(`\`${name}\` must be printable ASCII without spaces or line breaks`);
  }
}

function parseApiKey(options: ByotClientOptions): string | undefined {
  const apiKey = options.apiKey ?? fromEnvironment("BYOT_API_KEY");
  if (apiKey === undefined) {
    return undefined;
  }
  checkHeaderText("apiKey", apiKey);
  if (inBrowser() && options.dangerouslyAllowApiKeyInBrowser !== true) {
    throw new TypeError(
      "`apiKey` would be visible to every visitor of this page: leave it out, or set `dangerouslyAllowApiKeyInBrowser`",
    );
  }
  return apiKey;
}

function parseUserAgent(application: string | undefined): string | undefined {
  if (application === undefined) {
    // A page that names itself would have to be allowed to by the server's CORS settings.
    return inBrowser() ? undefined : `byot-sdk/${version}`;
  }
  checkHeaderText("userAgent", application);
  return `${application} byot-sdk/${version}`;
}

function parseWorkspaceId(options: ByotClientOptions): string {
  const id = options.workspaceId ?? fromEnvironment("BYOT_WORKSPACE");
  const workspaceId = required(id, "workspaceId", "BYOT_WORKSPACE");
  if (!workspacePattern.test(workspaceId)) {
    throw new TypeError(
      "`workspaceId` must start with a-z and hold only a-z, 0-9, _ and -, at most 63 characters",
    );
  }
  return workspaceId;
}

/**
 * Checks the options and fills in what is absent.
 *
 * @throws TypeError that says what to change.
 */
export function resolveOptions(options: ByotClientOptions): ClientSettings {
  const { timeoutMs, onRequest, onResponse } = options;
  checkCallOptions({ timeoutMs });
  const baseUrl = options.baseUrl ?? fromEnvironment("BYOT_URL");
  return {
    workspaceId: parseWorkspaceId(options),
    knownObligations: new Set(options.knownObligations),
    transport: {
      baseUrl: parseBaseUrl(required(baseUrl, "baseUrl", "BYOT_URL")),
      apiKey: parseApiKey(options),
      userAgent: parseUserAgent(options.userAgent),
      timeoutMs,
      retries: wholeNumber("retries", options.retries, [0, mostRetries]) ?? 2,
      // Looked up at each call, and called without `this`: browsers insist on both for a replaced `fetch`.
      fetch: options.fetch ?? (async (url, init) => fetch(url, init)),
      random: Math.random,
      onRequest,
      onResponse,
    },
  };
}
