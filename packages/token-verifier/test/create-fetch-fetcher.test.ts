import {
  createFetchFetcher,
  type DocumentRequest,
  type FetchFetcherOptions,
} from "@byot/token-verifier";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { outcome } from "./support/acme.js";
import { type KeyServer, startKeyServer } from "./support/key-server.js";

let server: KeyServer;
beforeAll(async () => {
  server = await startKeyServer();
});
afterAll(() => server.close());

function fetchDocument(
  request: Partial<DocumentRequest> = {},
  options: FetchFetcherOptions = { allowLoopbackHttp: true },
): ReturnType<ReturnType<typeof createFetchFetcher>> {
  return createFetchFetcher(options)({
    url: `${server.origin}/keys`,
    maximumBytes: 1000,
    timeoutMilliseconds: 5000,
    connectMilliseconds: 2000,
    ...request,
  });
}

describe("the fetcher on `fetch`", () => {
  test("gives the bytes and their `max-age`", async () => {
    server.answer((_request, response) =>
      response.writeHead(200, { "cache-control": "public, max-age=120" }).end('{"keys":[]}'),
    );

    const fetched = await fetchDocument();

    expect(fetched).toMatchObject({ ok: true, value: { maxAgeSeconds: 120 } });
    expect(fetched.ok && Buffer.from(fetched.value.bytes).toString()).toBe('{"keys":[]}');
  });

  test("gives an empty body", async () => {
    const options = {
      fetch: async () => ({ status: 200, headers: new Headers(), body: null }),
    };

    const fetched = await fetchDocument({ url: "https://login.acme.example/keys" }, options);

    expect(fetched).toMatchObject({ ok: true, value: { bytes: new Uint8Array() } });
  });

  test.each([
    [301, {}, "redirected"],
    [302, {}, "redirected"],
    [404, {}, "status_not_ok"],
    [500, {}, "status_not_ok"],
    [200, { "content-encoding": "gzip" }, "encoding_not_identity"],
  ])("refuses an answer %i with %j: %s", async (status, headers, expected) => {
    const requestsBefore = server.requests.length;
    server.answer((_request, response) =>
      response.writeHead(status, { location: "/elsewhere", ...headers }).end(gzipSync("{}")),
    );

    await expect(outcome(fetchDocument())).resolves.toBe(expected);
    expect(server.requests.slice(requestsBefore)).toEqual(["/keys"]);
  });

  test("refuses a redirect that the runtime hides", async () => {
    const options = {
      fetch: async () => ({ status: 0, headers: new Headers(), body: null }),
    };

    await expect(
      outcome(fetchDocument({ url: "https://login.acme.example/keys" }, options)),
    ).resolves.toBe("redirected");
  });

  test("cuts an endless answer off at the limit", async () => {
    server.answer((_request, response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write("x".repeat(1024))) {
          // more of the same
        }
      };
      response.on("drain", pour);
      pour();
    });

    await expect(outcome(fetchDocument())).resolves.toBe("too_large");
  });

  test.each([
    ["never begins", ""],
    ["begins and stops", "{"],
  ])("gives up an answer that %s", async (_situation, text) => {
    server.answer((_request, response) => {
      if (text !== "") {
        response.write(text);
      }
    });

    await expect(outcome(fetchDocument({ timeoutMilliseconds: 100 }))).resolves.toBe("timed_out");
  });

  test("can not reach a server that is gone", async () => {
    const closed = await startKeyServer();
    await closed.close();

    await expect(outcome(fetchDocument({ url: `${closed.origin}/keys` }))).resolves.toBe(
      "unreachable",
    );
  });

  test.each([
    "http://login.acme.example/keys",
    "https://127.0.0.1/keys",
    "https://0x7f.1/keys",
    "https://[::ffff:10.0.0.1]/keys",
    "https://localhost/keys",
    "https://login.acme.example:8443/keys",
    "https://ada@login.acme.example/keys",
  ])("does not visit `%s`", async (url) => {
    const asked: string[] = [];
    const options: FetchFetcherOptions = {
      fetch: async (address) => {
        asked.push(address);
        return { status: 200, headers: new Headers(), body: null };
      },
    };

    await expect(outcome(fetchDocument({ url }, options))).resolves.toBe("url_forbidden");
    expect(asked).toEqual([]);
  });

  test("visits a host and port that the operator lists", async () => {
    const options: FetchFetcherOptions = {
      allow: ["login.acme.internal:8443"],
      fetch: async () => ({ status: 200, headers: new Headers(), body: null }),
    };

    await expect(
      outcome(fetchDocument({ url: "https://login.acme.internal:8443/keys" }, options)),
    ).resolves.toBe("accepted");
  });
});

describe("`Cache-Control`", () => {
  test.each([
    ["max-age=60", 60],
    ["public, MAX-AGE = 60, must-revalidate", 60],
    ['max-age="60"', 60],
    ["max-age=600, max-age=60", 60],
    ["no-store", undefined],
    ["s-maxage=60", undefined],
    ["max-age=-1", undefined],
    ["max-age=1.5", undefined],
    ["max-age=", undefined],
    ["x-max-age=60", undefined],
    ["", undefined],
  ])("`%s` gives a life of %s s", async (header, seconds) => {
    server.answer((_request, response) =>
      response.writeHead(200, { "cache-control": header }).end("{}"),
    );

    const fetched = await fetchDocument();

    expect(fetched.ok && fetched.value.maxAgeSeconds).toBe(seconds);
  });
});
