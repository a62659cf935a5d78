import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { allow, deny, token } from "./decisions.js";
import { json, problem, startFaultServer } from "./fault-server.js";
import type { Behaviour, FaultServer } from "./fault-server.js";
import { serveOn } from "./guards/serve.js";
import { approveOrder } from "./readme-example.js";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
function fencedIn(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code ?? "");
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

const fetchFromNetwork = globalThis.fetch;

function sendExampleTo(server: FaultServer): void {
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) =>
    fetchFromNetwork(url.replace("https://authz.acme.com", server.url), init),
  );
}

describe("the README", () => {
  beforeEach(() => {
    vi.stubEnv("BYOT_API_KEY", undefined);
  });

  afterEach(() => {
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
  });

  test("shows the example that is run here", async () => {
    const example = await readFile(new URL("./readme-example.ts", import.meta.url), "utf8");

    expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``);
  });

  test("shows the middleware that is run here", async () => {
    const code = await readFile(new URL("./readme-middleware.ts", import.meta.url), "utf8");
    const [, middleware = "none"] = fencedIn(readme);

    expect(code).toContain(middleware);
  });

  test.each([
    ["an allow", 200, allow],
    ["a deny", 403, deny],
  ])("lets its middleware answer %s with %i", async (_name, status, data) => {
    await using server = await startFaultServer(json(200, { data }));
    vi.resetModules();
    vi.stubEnv("BYOT_URL", server.url);
    vi.stubEnv("BYOT_WORKSPACE", "acme");
    const { app } = await import("./readme-middleware.js");
    await using served = await serveOn(createServer(app));

    expect(await served.ask({ authorization: `Bearer ${token}` })).toMatchObject({ status });
    expect(server.seen[0]?.body).toMatchObject({ context: { orderId: "o-42" } });
  });

  test("begins with the description of the package", async () => {
    const text = await readFile(new URL("../package.json", import.meta.url), "utf8");

    expect(JSON.parse(text)).toMatchObject({ description: readme.split("\n")[2] });
  });

  test.each<[string, number, Behaviour]>([
    ["an allow", 200, json(200, { data: allow })],
    ["a deny", 403, json(200, { data: deny })],
    ["a refused token", 401, problem(401, "token_expired")],
  ])("turns %s into %i", async (_name, status, behaviour) => {
    await using server = await startFaultServer(behaviour);
    sendExampleTo(server);

    expect(await approveOrder(token, 50_000)).toBe(status);
    expect(server.seen[0]?.body).toMatchObject({ context: { orderAmount: 50_000 } });
  });

  test("lets the caller see that there is no answer", async () => {
    await using server = await startFaultServer(problem(503, "jwks_unavailable"));
    sendExampleTo(server);

    await expect(approveOrder(token, 50_000)).rejects.toMatchObject({ code: "jwks_unavailable" });
  });
});

describe("the guide", () => {
  test("shows code that compiles here", async () => {
    const guide = await readFile(new URL("../../../docs/sdk.md", import.meta.url), "utf8");
    const code = await readFile(new URL("./guide-examples.ts", import.meta.url), "utf8");

    const shown = fencedIn(guide).map(onOneLine);

    expect(shown.length).toBeGreaterThan(5);
    expect(shown.filter((block) => !onOneLine(code).includes(block))).toEqual([]);
  });
});
