import { createServer as createPlainServer, type Server } from "node:net";
import { gzipSync } from "node:zlib";
import type { ServerResponse } from "node:http";
import { createKeySources, type ManagedKeySources, type TrustedIssuer } from "@byot/token-verifier";
import { createNodeFetcher } from "@byot/token-verifier/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acmeKey, acmeProvider } from "./support/acme.js";
import { type KeyServer, startKeyServer } from "./support/key-server.js";

const mebibyte = 1024 * 1024;

let server: KeyServer;
beforeAll(async () => {
  server = await startKeyServer();
});
afterAll(() => server.close());

type Send = (response: ServerResponse) => void;

function body(text: string | Buffer, headers: Record<string, string> = {}): Send {
  return (response) => response.writeHead(200, headers).end(text);
}

const jwks = JSON.stringify({ keys: [acmeKey.jwk] });
const privateJwk = acmeKey.privateKey.export({ format: "jwk" });

/** Writes again and again until the other side is gone. */
function pour(response: ServerResponse, chunk: string | Buffer): void {
  const write = (): void => {
    while (!response.destroyed && response.write(chunk)) {
      // more of the same
    }
  };
  response.on("drain", write);
  write();
}

/** Writes a little now and then. */
function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write(" "), 5);
  response.on("close", () => clearInterval(timer));
}

/** Writes byte by byte and stops without an end. */
function sprinkle(response: ServerResponse): void {
  for (let byte = 0; byte < 10_000; byte += 1) {
    response.write(" ");
  }
}

const hostile: readonly (readonly [string, string, Send])[] = [
  ["a redirect", "redirected", (response) => response.writeHead(302, { location: "/good" }).end()],
  ["garbage", "not_json", body("<!doctype html><p>Please log in")],
  ["random bytes", "not_json", body(Buffer.from(Array.from({ length: 4096 }, (_, i) => i * 7919)))],
  ["nothing", "not_json", body("")],
  ["an empty set", "no_usable_key", body('{"keys":[]}')],
  ["an error", "status_not_ok", (response) => response.writeHead(500).end(jwks)],
  ["no answer at all", "timed_out", () => {}],
  ["headers alone", "timed_out", (response) => response.flushHeaders()],
  ["a drop now and then", "timed_out", drip],
  ["no end", "too_large", (response) => pour(response, " ".repeat(16_384))],
  ["ten thousand pieces of one byte and no end", "timed_out", sprinkle],
  [
    "a length that it does not keep",
    "unreachable",
    (response) => {
      response.writeHead(200, { "content-length": "1000000" });
      response.write(jwks, () => response.destroy());
    },
  ],
  [
    "a gzip bomb",
    "encoding_not_identity",
    body(gzipSync(Buffer.alloc(64 * mebibyte)), { "content-encoding": "gzip" }),
  ],
  ["a gzip bomb that is not called one", "not_json", body(gzipSync(Buffer.alloc(16 * mebibyte)))],
  [
    "20,001 keys",
    "too_large",
    body(JSON.stringify({ keys: Array.from({ length: 20_001 }, () => ({})) })),
  ],
  [
    "101 keys",
    "key_set_invalid",
    body(JSON.stringify({ keys: Array.from({ length: 101 }, (_, kid) => ({ kid: `${kid}` })) })),
  ],
  ["lists in lists", "not_json", body(`{"keys":${"[".repeat(5000)}${"]".repeat(5000)}}`)],
  ["many empty objects", "too_large", body(`{"keys":[${"{},".repeat(80_000)}{}]}`)],
  [
    "a private key",
    "no_usable_key",
    body(JSON.stringify({ keys: [{ ...acmeKey.jwk, ...privateJwk }] })),
  ],
  [
    "a key twice",
    "no_usable_key",
    body(JSON.stringify({ keys: [acmeKey.jwk, { ...acmeKey.jwk }] })),
  ],
  ["names that mean something else", "key_set_invalid", body('{"__proto__":{"keys":[{}]}}')],
];

/** Keys of a server that answers in one way to `/keys`, with a good set in memory already. */
async function afterGoodKeys(): Promise<{
  readonly keys: ManagedKeySources;
  readonly provider: TrustedIssuer;
}> {
  const fetcher = createNodeFetcher({ allowLoopbackHttp: true });
  const keys = createKeySources({ fetcher, limits: { fetchMilliseconds: 250 } });
  const provider = acmeProvider({ keys: { jwksUri: `${server.origin}/keys` } });
  server.answer((_request, response) => body(jwks)(response));
  await keys.refresh(provider);
  return { keys, provider };
}

describe("a key server that sends", () => {
  test.each(hostile)(
    "%s is refused in time (%s), and the good keys stay",
    async (_what, code, send) => {
      const { keys, provider } = await afterGoodKeys();
      server.answer((_request, response) => send(response));
      const requestsBefore = server.requests.length;
      const begin = performance.now();

      const status = await keys.refresh(provider);

      expect(status).toMatchObject({ state: "fresh", failure: { code }, failures: 1 });
      expect(status.keys.map(({ kid }) => kid)).toEqual(["acme-2026"]);
      await expect(
        keys.sourceFor(provider).find({ alg: "RS256", kid: acmeKey.kid }),
      ).resolves.toMatchObject({ status: "found" });
      expect(server.requests.slice(requestsBefore)).toEqual(["/keys"]);
      expect(performance.now() - begin).toBeLessThan(2000);
    },
  );

  test("a good key among bad ones has that one used", async () => {
    const { keys, provider } = await afterGoodKeys();
    const set = [null, { ...acmeKey.jwk, ...privateJwk, kid: "private" }, acmeKey.jwk, { kid: {} }];
    server.answer((_request, response) => body(JSON.stringify({ keys: set }))(response));

    const status = await keys.refresh(provider);

    expect(status.keys.map(({ kid }) => kid)).toEqual(["acme-2026"]);
    expect(status.droppedKeys).toEqual([
      { index: 0, reason: "is not for an allowed algorithm" },
      { index: 1, kid: "private", reason: "has a private or secret member" },
      { index: 3, reason: "has a `kid` that is no string" },
    ]);
  });
});

/** The largest growth of memory outside the heap, seen at every turn of the event loop. */
async function measure(work: Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  let isOver = false;
  const watch = (): void => {
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    if (!isOver) {
      setImmediate(watch);
    }
  };
  watch();
  await work;
  isOver = true;
  return most;
}

describe("a hostile key server costs at the most 2 MiB", () => {
  // Made before anything is measured, because the server is in the same process.
  const chunk = Buffer.alloc(16_384, " ");
  let plain: Server;
  let origin = "";
  let sent = 0;
  beforeAll(async () => {
    plain = createPlainServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => {
        socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        const pourChunks = (): void => {
          while (!socket.destroyed && socket.write("4000\r\n") && socket.write(chunk)) {
            sent += chunk.length;
            socket.write("\r\n");
          }
        };
        socket.on("drain", pourChunks);
        pourChunks();
      });
    });
    await new Promise<void>((resolve) => {
      plain.listen(0, "127.0.0.1", resolve);
    });
    const address = plain.address();
    origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  });
  afterAll(() => plain.close());

  test("of buffers, however much it sends", async () => {
    const fetcher = createNodeFetcher({ allowLoopbackHttp: true });
    const fetch = (): ReturnType<typeof fetcher> =>
      fetcher({
        url: `${origin}/keys`,
        maximumBytes: 262_144,
        timeoutMilliseconds: 5000,
        connectMilliseconds: 2000,
      });
    await fetch();
    sent = 0;

    const growth = await measure(fetch());

    expect(growth).toBeLessThan(2 * mebibyte);
    expect(sent).toBeLessThan(8 * mebibyte);
  });
});
