import { getDefaultAutoSelectFamily, setDefaultAutoSelectFamily } from "node:net";
import { gzipSync } from "node:zlib";
import type { DocumentRequest } from "@byot/token-verifier";
import { createNodeFetcher, type NodeFetcherOptions } from "@byot/token-verifier/node";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { outcome } from "./support/acme.js";
import { type KeyServer, startKeyServer } from "./support/key-server.js";

let server: KeyServer;
beforeAll(async () => {
  server = await startKeyServer();
});
afterEach(() => server.serve({}));
afterAll(() => server.close());

function fetchDocument(
  request: Partial<DocumentRequest> = {},
  options: NodeFetcherOptions = { allowLoopbackHttp: true },
): ReturnType<ReturnType<typeof createNodeFetcher>> {
  return createNodeFetcher(options)({
    url: `${server.origin}/keys`,
    maximumBytes: 1000,
    timeoutMilliseconds: 5000,
    connectMilliseconds: 2000,
    ...request,
  });
}

/** A resolver that has one answer for every name. */
function resolvingTo(...addresses: readonly string[]): NodeFetcherOptions {
  const records = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  return { resolveHost: () => Promise.resolve(records) };
}

describe("an answer", () => {
  test("is its bytes", async () => {
    server.serve({ "/keys": { keys: [] } });

    const fetched = await fetchDocument();

    expect(fetched.ok && Buffer.from(fetched.value.bytes).toString()).toBe('{"keys":[]}');
  });

  test("is asked for without encoding, and without anything that identifies us", async () => {
    const headers = new Promise((resolve) => {
      server.answer((request, response) => {
        resolve(request.headers);
        response.end("{}");
      });
    });

    await fetchDocument();

    await expect(headers).resolves.toEqual({
      accept: "application/json",
      "accept-encoding": "identity",
      connection: "close",
      host: new URL(server.origin).host,
    });
  });

  test("may be as long as the limit", async () => {
    server.answer((_request, response) => response.end("x".repeat(1000)));

    await expect(outcome(fetchDocument())).resolves.toBe("accepted");
  });

  interface BadAnswer {
    readonly status?: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | Buffer;
  }
  test.each<[string, string, BadAnswer]>([
    ["is longer than the limit", "too_large", { body: "x".repeat(1001) }],
    ["is a redirect", "redirected", { status: 302, headers: { location: "/elsewhere" } }],
    ["is a permanent redirect", "redirected", { status: 308, headers: { location: "/elsewhere" } }],
    ["is not modified", "redirected", { status: 304 }],
    ["is empty by status", "status_not_ok", { status: 204 }],
    ["is partial", "status_not_ok", { status: 206, body: "{}" }],
    ["is not found", "status_not_ok", { status: 404, body: "{}" }],
    ["is an error", "status_not_ok", { status: 500, body: "{}" }],
    [
      "is packed",
      "encoding_not_identity",
      { headers: { "content-encoding": "gzip" }, body: gzipSync("{}") },
    ],
  ])("that %s is refused", async (_situation, expected, { status = 200, headers = {}, body }) => {
    server.answer((_request, response) => response.writeHead(status, headers).end(body));
    const requestsBefore = server.requests.length;

    await expect(outcome(fetchDocument())).resolves.toBe(expected);
    expect(server.requests.slice(requestsBefore)).toEqual(["/keys"]);
  });

  test("that never ends is cut off at the limit", async () => {
    let sent = 0;
    server.answer((_request, response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write("x".repeat(1024))) {
          sent += 1024;
        }
      };
      response.on("drain", pour);
      pour();
    });

    await expect(outcome(fetchDocument({ maximumBytes: 262_144 }))).resolves.toBe("too_large");
    expect(sent).toBeLessThan(16 * 1024 * 1024);
  });

  test.each([
    ["that never begins", () => {}],
    ["that begins and stops", (write: (text: string) => void) => write("{")],
  ])("%s is given up in time", async (_situation, begin) => {
    server.answer((_request, response) => begin((text) => response.write(text)));

    await expect(fetchDocument({ timeoutMilliseconds: 100 })).resolves.toEqual({
      ok: false,
      error: { code: "timed_out", message: "there was no answer within 100 ms" },
    });
  });

  test.each([
    ["breaks off before the headers", ""],
    ["breaks off in the body", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"],
    ["is no HTTP", "hello\r\n\r\n"],
    [
      "changes the protocol",
      "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n",
    ],
  ])("that %s is no answer", async (_situation, bytes) => {
    server.answer((request) => request.socket.end(bytes));

    await expect(outcome(fetchDocument())).resolves.toBe("unreachable");
  });

  test("does not come from a port where nobody listens", async () => {
    const closed = await startKeyServer();
    await closed.close();

    await expect(fetchDocument({ url: `${closed.origin}/keys` })).resolves.toEqual({
      ok: false,
      error: { code: "unreachable", message: "the server can not be reached (ECONNREFUSED)" },
    });
  });
});

describe("an address", () => {
  test.each([
    "http://127.0.0.1:8080/keys",
    "http://login.acme.example/keys",
    "ftp://login.acme.example/keys",
    "file:///etc/passwd",
    "data:application/json,{}",
    "login.acme.example/keys",
    "",
    "https://",
    "https://login.acme.example:8443/keys",
    "https://ada:secret@login.acme.example/keys",
    "https://login.acme.example/keys#all",
    "https://login.acme.example/keys#",
    " https://login.acme.example/keys",
    "https://login.acme.example\\@mallory.example/keys",
    "https://localhost/keys",
    "https://metadata.google.internal/keys",
    "https://127.0.0.1/keys",
    "https://127.1/keys",
    "https://2130706433/keys",
    "https://0x7f000001/keys",
    "https://0177.0.0.1/keys",
    "https://10.0.0.1/keys",
    "https://100.64.0.1/keys",
    "https://169.254.169.254/latest/meta-data",
    "https://172.31.255.255/keys",
    "https://192.168.1.1/keys",
    "https://0.0.0.0/keys",
    "https://192.0.0.1/keys",
    "https://198.18.0.1/keys",
    "https://127.0.0.1./keys",
    "https://127.00000.0.1/keys",
    "https://127.0.1/keys",
    "https://017700000001/keys",
    "https://0x7f.0x0.0x0.0x1/keys",
    "https://%31%32%37.0.0.1/keys",
    "https://１２７.０.０.１/keys",
    "https://①②⑦.⓪.⓪.①/keys",
    "https://127。0。0。1/keys",
    "https://0xa9fea9fe/latest/meta-data",
    "https://2852039166/latest/meta-data",
    "https://0251.0376.0251.0376/latest/meta-data",
    "https://169.254.43518/latest/meta-data",
    "https://localhost./keys",
    "https://LOCALHOST/keys",
    "https://acme.localhost/keys",
    "https://printer.local/keys",
    "https://login.acme.example./keys",
    "https://@login.acme.example/keys",
    "https://login.acme.example@127.0.0.1/keys",
    "https:login.acme.example:8443/keys",
    "https://login.acme.example:80/keys",
    "https://[::127.0.0.1]/keys",
    "https://[0:0:0:0:0:ffff:7f00:1]/keys",
    "https://[::ffff:a9fe:a9fe]/keys",
    "https://[::ffff:0:127.0.0.1]/keys",
    "https://[64:ff9b::169.254.169.254]/keys",
    "https://[64:ff9b:1::7f00:1]/keys",
    "https://[fe80::1%25eth0]/keys",
    "https://[fe80::1%eth0]/keys",
    "https://[fec0::1]/keys",
    "https://[fd00:ec2::254]/latest/meta-data",
    "https://[100::1]/keys",
    "https://[2001:db8::1]/keys",
    "https://[3fff::1]/keys",
    "https://255.255.255.255/keys",
    "https://[::1]/keys",
    "https://[::]/keys",
    "https://[::ffff:127.0.0.1]/keys",
    "https://[::ffff:8.8.8.8]/keys",
    "https://[64:ff9b::7f00:1]/keys",
    "https://[fe80::1]/keys",
    "https://[fd00::1]/keys",
    "https://[2002:7f00:1::]/keys",
    "https://[2001:0:7f00:1::]/keys",
    "https://[ff02::1]/keys",
  ])("like `%s` is not visited", async (url) => {
    await expect(outcome(fetchDocument({ url }, {}))).resolves.toBe("url_forbidden");
  });

  test.each([
    "http://login.acme.example/keys",
    "http://10.0.0.1/keys",
    "http://[::ffff:10.0.0.1]/keys",
    "https://127.0.0.1/keys",
    "https://localhost/keys",
  ])("like `%s` is not visited even where loopback http is allowed", async (url) => {
    await expect(outcome(fetchDocument({ url }))).resolves.toBe("url_forbidden");
  });

  test.each([
    ["loopback", ["127.0.0.1"]],
    ["private", ["10.1.2.3"]],
    ["link-local", ["169.254.169.254"]],
    ["a mapped one", ["::ffff:10.0.0.1"]],
    ["private in IPv6", ["fd12::1"]],
    ["a NAT64 one", ["64:ff9b::a00:1"]],
    ["one with a zone", ["fe80::1%eth0"]],
    ["a metadata service in IPv6", ["fd00:ec2::254"]],
    ["an unusual spelling", ["08.8.8.8"]],
    ["a public one and nothing", ["93.184.215.14", ""]],
    ["a public and a private one", ["93.184.215.14", "192.168.0.1"]],
    ["no address", []],
    ["a text that is no address", ["localhost"]],
  ])("whose host resolves to %s is not connected to", async (_situation, addresses) => {
    const url = "https://login.acme.example/keys";

    await expect(
      outcome(fetchDocument({ url }, { ...resolvingTo(...addresses), allowLoopbackHttp: true })),
    ).resolves.toBe("address_forbidden");
  });

  test("on `localhost` over http leads to this machine or nowhere", async () => {
    server.serve({ "/keys": {} });
    const url = `${server.origin.replace("127.0.0.1", "localhost")}/keys`;

    const honest = fetchDocument({ url }, { ...resolvingTo("127.0.0.1"), allowLoopbackHttp: true });
    const turned = fetchDocument({ url }, { ...resolvingTo("10.0.0.1"), allowLoopbackHttp: true });

    await expect(outcome(honest)).resolves.toBe("accepted");
    await expect(outcome(turned)).resolves.toBe("address_forbidden");
  });

  test("whose host can not be resolved is not reachable", async () => {
    const url = "https://login.acme.example/keys";
    const options = { resolveHost: () => Promise.reject(new Error("no such name")) };

    await expect(outcome(fetchDocument({ url }, options))).resolves.toBe("unreachable");
  });

  test.each([true, false])("is connected to when trying families in turn is %s", async (inTurn) => {
    server.serve({ "/keys": {} });
    const url = `${server.origin.replace("127.0.0.1", "localhost")}/keys`;
    const before = getDefaultAutoSelectFamily();
    setDefaultAutoSelectFamily(inTurn);
    onTestFinished(() => setDefaultAutoSelectFamily(before));

    const fetched = fetchDocument(
      { url },
      { ...resolvingTo("127.0.0.1"), allowLoopbackHttp: true },
    );

    await expect(outcome(fetched)).resolves.toBe("accepted");
  });

  test("whose host is not resolved in time is given up", async () => {
    const url = "https://login.acme.example/keys";
    const options = { resolveHost: () => new Promise<never>(() => {}) };

    await expect(outcome(fetchDocument({ url, timeoutMilliseconds: 50 }, options))).resolves.toBe(
      "timed_out",
    );
  });
});
