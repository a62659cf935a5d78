import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeAcme } from "../support/acme.js";
import { chunked, exchange, type RawRequest } from "../support/raw-http.js";
import { type Mounting, mountings, type Service, startService } from "../support/service.js";

const target = "/v1/workspaces/acme/authorize";
const limit = 65_536;
const services = new Map<Mounting, Service>();
let check = "";

beforeAll(async () => {
  for (const mounting of mountings) {
    const service = await startService({ mounting });
    await makeAcme(service);
    services.set(mounting, service);
  }
  const token = await services.get("node")?.tokenOf("ada");
  check = JSON.stringify({ token, resource: "premium-features", action: "access" });
});

afterAll(async () => {
  for (const service of services.values()) {
    await service[Symbol.asyncDispose]();
  }
});

type Change = Partial<Omit<RawRequest, "body">> & {
  readonly body?: (check: string) => RawRequest["body"];
};

function requestOf({ headers, body = (text) => text, ...change }: Change): RawRequest {
  const bytes = body(check) ?? "";
  return {
    target,
    ...change,
    body: bytes,
    headers: {
      "X-Request-Id": "order-7",
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(bytes),
      ...headers,
    },
  };
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** An answer, but for what is another each time. */
async function ask(mounting: Mounting, change: Change): Promise<string> {
  const answer = await exchange(services.get(mounting)?.url ?? "", requestOf(change));
  return answer.replaceAll(uuid, "an id").replace(/\r\nDate: .*\r\n/, "\r\n");
}

const nothing = (): string => "";
const withField =
  (field: object) =>
  (text: string): string =>
    JSON.stringify({ ...Object(JSON.parse(text)), ...field });
const key = (value: string): NonNullable<Change["headers"]> => ({ Authorization: value });
const other = (method: string): Change => ({ method, body: nothing });

const cases: readonly (readonly [string, number, Change])[] = [
  ["a check", 200, {}],
  [
    "a check in chunks",
    200,
    { headers: { "Content-Length": undefined, "Transfer-Encoding": "chunked" }, body: chunked },
  ],
  ["a Deny", 200, { body: withField({ resource: "orders", action: "approve" }) }],
  ["no id", 200, { headers: { "X-Request-Id": undefined } }],
  ["an id that is none", 200, { headers: { "X-Request-Id": "a b" } }],
  ["the content encoding identity", 200, { headers: { "Content-Encoding": "Identity" } }],
  ["a caller that prefers pages", 200, { headers: { Accept: "text/html", "If-None-Match": "*" } }],
  ["a whole URL", 200, { target: `http://evil.example${target}` }],
  ["an escaped workspace", 200, { target: "/v1/workspaces/ac%6de/authorize" }],
  ["a fragment", 200, { target: `${target}#a` }],
  ["an empty query", 200, { target: `${target}?` }],
  ["a query", 400, { target: `${target}?a=1&a=2&b&%zz` }],
  ["a query of __proto__", 400, { target: `${target}?__proto__=1` }],
  ["an unknown workspace", 404, { target: "/v1/workspaces/nowhere/authorize" }],
  ["a workspace with a line break", 404, { target: "/v1/workspaces/a%0Ab/authorize" }],
  ["a workspace with NUL", 400, { target: "/v1/workspaces/%00/authorize" }],
  ["half an escape", 400, { target: "/v1/workspaces/%/authorize" }],
  ["half an escape to GET", 400, { ...other("GET"), target: "/v1/workspaces/%/authorize" }],
  ["invalid UTF-8 in the path", 400, { target: "/v1/workspaces/%ff/authorize" }],
  ["no workspace", 404, { target: "/v1/workspaces//authorize" }],
  ["a slash at the end", 404, { target: `${target}/` }],
  ["GET", 405, other("GET")],
  ["HEAD", 405, other("HEAD")],
  ["OPTIONS", 405, other("OPTIONS")],
  ["DELETE", 405, other("DELETE")],
  ["PUT with a body", 405, { method: "PUT" }],
  ["a wrong key", 401, { headers: key("Bearer nonsense") }],
  ["an empty key", 401, { headers: key("") }],
  ["a wrong key and no JSON", 401, { headers: key("Basic a"), body: () => "{" }],
  ["no content type", 415, { headers: { "Content-Type": undefined } }],
  ["another content type", 415, { headers: { "Content-Type": "text/plain" } }],
  [
    "another encoding of text",
    415,
    { headers: { "Content-Type": "application/json; charset=latin1" } },
  ],
  [
    "a compressed body",
    415,
    { headers: { "Content-Encoding": "gzip" }, body: (text) => gzipSync(text) },
  ],
  ["no body", 400, { headers: { "Content-Length": undefined }, body: nothing }],
  ["an empty body", 400, { body: nothing }],
  ["a body beyond the limit", 413, { body: () => "a".repeat(limit + 1) }],
  [
    "a body beyond the limit in chunks",
    413,
    {
      headers: { "Content-Length": undefined, "Transfer-Encoding": "chunked" },
      body: () => chunked("a".repeat(limit + 1)),
    },
  ],
  ["a body up to the limit", 400, { body: () => `"${"a".repeat(limit - 2)}"` }],
  ["half an object", 400, { body: () => "{" }],
  ["invalid UTF-8", 400, { body: () => Uint8Array.of(0x22, 0xff, 0x22) }],
  ["null", 400, { body: () => "null" }],
  ["nothing that is asked for", 400, { body: () => "{}" }],
  [
    "too many unknown fields",
    400,
    {
      body: () =>
        JSON.stringify(
          Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`f${index}`, 1])),
        ),
    },
  ],
  ["NUL in a value", 400, { body: withField({ resource: "a\0b" }) }],
  ["no token", 401, { body: withField({ token: undefined }) }],
  ["a token that is a number", 400, { body: withField({ token: 7 }) }],
  ["a token that is none", 401, { body: withField({ token: "a.b.c" }) }],
  ["an explanation without a key", 403, { body: withField({ explain: true }) }],
  ["a revision that is far off", 409, { body: withField({ minRevision: 999 }) }],
];

describe("both ways of answering", () => {
  test.each(cases)("answer %s alike, to the byte", async (_title, status, change) => {
    const answer = await ask("node", change);

    expect(answer.split(" ", 2)).toEqual(["HTTP/1.1", String(status)]);
    expect(answer).toBe(await ask("express", change));
  });
});

test("an answer is written with everything that browsers and proxies have to know", async () => {
  const [head] = (await ask("node", {})).split("\r\n\r\n");

  expect(head?.split("\r\n")).toEqual([
    "HTTP/1.1 200 OK",
    "X-Request-Id: order-7",
    "Content-Security-Policy: default-src 'none';frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy: same-origin",
    "Cross-Origin-Resource-Policy: same-origin",
    "Origin-Agent-Cluster: ?1",
    "Referrer-Policy: no-referrer",
    "X-Content-Type-Options: nosniff",
    "X-DNS-Prefetch-Control: off",
    "X-Download-Options: noopen",
    "X-Frame-Options: SAMEORIGIN",
    "X-Permitted-Cross-Domain-Policies: none",
    "X-XSS-Protection: 0",
    "Cache-Control: no-store",
    "Content-Type: application/json; charset=utf-8",
    expect.stringMatching(/^Content-Length: \d+$/),
    "Connection: close",
  ]);
});
