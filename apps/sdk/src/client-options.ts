import type { FetchLike } from "./fetch-like.js";
import type { TransportSettings } from "./transport.js";

/** How to reach the server and on whose behalf. */
export interface ByotClientOptions {
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
   * Needed only for `explain`, and for workspaces that set `checksRequireApiKey`.
   * @defaultValue the environment variable `BYOT_API_KEY`; without it no key is sent
   */
  readonly apiKey?: string | undefined;
  /**
   * The total time of one check in milliseconds, with all its attempts and pauses; 1–600,000.
   * @defaultValue `2000`
   */
  readonly timeoutMs?: number | undefined;
  /**
   * How many attempts may follow the first after a failed connection, a 503 or a 429; 0–10.
   * @defaultValue `2`
   */
  readonly retries?: number | undefined;
  /**
   * Makes the requests, for example through a proxy. It must not follow redirects when told `redirect: "manual"`.
   * @defaultValue the runtime's `fetch`
   */
  readonly fetch?: FetchLike | undefined;
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

const longestTimeoutMs = 600_000;
const mostRetries = 10;
const workspacePattern = /^[a-z][a-z0-9_-]{0,62}$/;
const headerSafe = /^[\x21-\x7e]+$/;

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

function parseApiKey(options: ByotClientOptions): string | undefined {
  const apiKey = options.apiKey ?? fromEnvironment("BYOT_API_KEY");
  if (apiKey === undefined) {
    return undefined;
  }
  // SECURITY: left to `fetch`, a key with a line break would come back in the text of its error.
  if (!headerSafe.test(apiKey)) {
    throw new TypeError("`apiKey` must be printable ASCII without spaces or line breaks");
  }
  if (typeof document !== "undefined" && options.dangerouslyAllowApiKeyInBrowser !== true) {
    throw new TypeError(
      "`apiKey` would be visible to every visitor of this page: leave it out, or set `dangerouslyAllowApiKeyInBrowser`",
    );
  }
  return apiKey;
}

function wholeNumber(
  name: string,
  value: number,
  [least, most]: readonly [number, number],
): number {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new TypeError(`\`${name}\` must be a whole number from ${least} to ${most}`);
  }
  return value;
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
  const baseUrl = options.baseUrl ?? fromEnvironment("BYOT_URL");
  return {
    workspaceId: parseWorkspaceId(options),
    knownObligations: new Set(options.knownObligations),
    transport: {
      baseUrl: parseBaseUrl(required(baseUrl, "baseUrl", "BYOT_URL")),
      apiKey: parseApiKey(options),
      timeoutMs: wholeNumber("timeoutMs", options.timeoutMs ?? 2_000, [1, longestTimeoutMs]),
      retries: wholeNumber("retries", options.retries ?? 2, [0, mostRetries]),
      // Looked up at each call, and called without `this`: browsers insist on both for a replaced `fetch`.
      fetch: options.fetch ?? (async (url, init) => fetch(url, init)),
      random: Math.random,
    },
  };
}
