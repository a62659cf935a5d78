import { ByotClient } from "@byot/sdk";
import type { ByotClientOptions } from "@byot/sdk";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { allow, apiKey, question } from "./decisions.js";
import { json, startFaultServer } from "./fault-server.js";

const complete = { baseUrl: "https://authz.acme.com", workspaceId: "acme" };

beforeEach(() => {
  for (const name of ["BYOT_URL", "BYOT_WORKSPACE", "BYOT_API_KEY"]) {
    vi.stubEnv(name, undefined);
  }
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe("the options of a client", () => {
  test("come from the environment where they are absent", async () => {
    await using server = await startFaultServer(json(200, { data: allow }));
    vi.stubEnv("BYOT_URL", server.url);
    vi.stubEnv("BYOT_WORKSPACE", "acme");
    vi.stubEnv("BYOT_API_KEY", apiKey);

    await new ByotClient().checkAuthorization(question);

    expect(server.seen[0]?.url).toBe("/v1/workspaces/acme/authorize");
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);
  });

  test("win over the environment", async () => {
    await using server = await startFaultServer(json(200, { data: allow }));
    vi.stubEnv("BYOT_URL", "https://elsewhere.test");
    vi.stubEnv("BYOT_WORKSPACE", "elsewhere");

    await new ByotClient({ baseUrl: server.url, workspaceId: "acme" }).checkAuthorization(question);

    expect(server.seen[0]?.url).toBe("/v1/workspaces/acme/authorize");
  });

  test.each<[string, ByotClientOptions]>([
    [
      "`baseUrl` is missing: pass it to `new ByotClient({ baseUrl })` or set BYOT_URL",
      { workspaceId: "acme" },
    ],
    [
      "`workspaceId` is missing: pass it to `new ByotClient({ workspaceId })` or set BYOT_WORKSPACE",
      { baseUrl: "https://authz.acme.com" },
    ],
    [
      "`baseUrl` must be a URL such as `https://authz.acme.com`",
      { ...complete, baseUrl: "authz.acme.com" },
    ],
    [
      "`baseUrl` must be a URL such as `https://authz.acme.com`",
      { ...complete, baseUrl: "file:///etc/passwd" },
    ],
    [
      "`baseUrl` must not hold a user, a password, a query or a fragment",
      { ...complete, baseUrl: "https://ada:pass@authz.acme.com" },
    ],
    [
      "`baseUrl` must not hold a user, a password, a query or a fragment",
      { ...complete, baseUrl: "https://authz.acme.com/?a=b" },
    ],
    [
      "`workspaceId` must start with a-z and hold only a-z, 0-9, _ and -, at most 63 characters",
      { ...complete, workspaceId: "../other" },
    ],
    ["`timeoutMs` must be a whole number from 1 to 600000", { ...complete, timeoutMs: 0 }],
    ["`timeoutMs` must be a whole number from 1 to 600000", { ...complete, timeoutMs: Infinity }],
    ["`timeoutMs` must be a whole number from 1 to 600000", { ...complete, timeoutMs: NaN }],
    ["`retries` must be a whole number from 0 to 10", { ...complete, retries: -1 }],
    ["`retries` must be a whole number from 0 to 10", { ...complete, retries: 11 }],
  ])("are refused with: %s", (message, options) => {
    expect(() => new ByotClient(options)).toThrow(new TypeError(message));
  });

  test("count an empty variable as absent", () => {
    vi.stubEnv("BYOT_URL", "");
    vi.stubEnv("BYOT_WORKSPACE", "acme");

    expect(() => new ByotClient()).toThrow("`baseUrl` is missing");
  });

  test("do without `process`", () => {
    vi.stubGlobal("process", undefined);

    expect(new ByotClient(complete)).toBeInstanceOf(ByotClient);
  });

  test("do without an environment that may not be read", () => {
    const env = new Proxy(
      {},
      {
        get: () => {
          throw new Error("requires env access, run again with the --allow-env flag");
        },
      },
    );
    vi.stubGlobal("process", { env });

    expect(new ByotClient(complete)).toBeInstanceOf(ByotClient);
  });

  test("refuse an API key in a web page unless it is explicitly allowed", () => {
    vi.stubGlobal("document", {});

    expect(() => new ByotClient({ ...complete, apiKey })).toThrow("visible to every visitor");
    expect(
      new ByotClient({ ...complete, apiKey, dangerouslyAllowApiKeyInBrowser: true }),
    ).toBeInstanceOf(ByotClient);
  });

  test("leave the choice of caching to runtimes that have none", async () => {
    const inits: object[] = [];
    const fetch = async (_url: string, init: object): Promise<Response> => {
      inits.push(init);
      return Response.json({ data: allow });
    };
    const byot = new ByotClient({ ...complete, fetch });

    await byot.checkAuthorization(question);
    vi.stubGlobal("Request", { prototype: {} });
    await byot.checkAuthorization(question);

    expect(inits[0]).toHaveProperty("cache", "no-store");
    expect(inits[1]).not.toHaveProperty("cache");
  });
});
