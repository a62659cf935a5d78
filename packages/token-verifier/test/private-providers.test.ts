import { createServer, type Server } from "node:https";
import { createServer as createPlainServer } from "node:net";
import type { Duplex } from "node:stream";
import { createKeySources } from "@byot/token-verifier";
import { createNodeFetcher, type NodeFetcherOptions } from "@byot/token-verifier/node";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { acmeKey, acmeProvider, outcome } from "./support/acme.js";
import { createSelfSignedCertificate } from "./support/self-signed-certificate.js";

const certificate = createSelfSignedCertificate("login.acme.internal", "localhost");
const other = createSelfSignedCertificate("login.acme.internal");
const connections: Duplex[] = [];
let server: Server;
let port = 0;

beforeAll(async () => {
  server = createServer(certificate, (_request, response) => {
    response.end(JSON.stringify({ keys: [acmeKey.jwk] }));
  });
  server.on("connection", (socket) => connections.push(socket));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
});
afterEach(() => {
  connections.length = 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const trusting: NodeFetcherOptions = { extraCertificateAuthorities: [certificate.cert] };

function resolvingTo(address: string): NodeFetcherOptions {
  return { resolveHost: async () => [{ address, family: address.includes(":") ? 6 : 4 }] };
}

function visit(url: string, options: NodeFetcherOptions): Promise<string> {
  const fetcher = createNodeFetcher({ ...trusting, ...resolvingTo("127.0.0.1"), ...options });
  return outcome(
    fetcher({
      url,
      maximumBytes: 10_000,
      timeoutMilliseconds: 5000,
      connectMilliseconds: 2000,
    }),
  );
}

describe("a provider that the operator lists by host and port", () => {
  test("is reached over https, on its port and at its private address", async () => {
    const host = `login.acme.internal:${port}`;

    await expect(visit(`https://${host}/keys`, { allow: [host] })).resolves.toBe("accepted");
    await expect(
      visit(`https://LOGIN.acme.internal:${port}/keys`, { allow: [host.toUpperCase()] }),
    ).resolves.toBe("accepted");
  });

  test("may be named by its address", async () => {
    const allow = [`127.0.0.1:${port}`];
    const url = `https://127.0.0.1:${port}/keys`;

    // The certificate names no address, which shows that the address was connected to.
    await expect(visit(url, { allow })).resolves.toBe("unreachable");
    expect(connections).toHaveLength(1);
    await expect(visit(url, {})).resolves.toBe("url_forbidden");
    expect(connections).toHaveLength(1);
  });

  test.each([
    ["another port", (own: number) => [`login.acme.internal:${own + 1}`]],
    ["another host", (own: number) => [`login.acme.example:${own}`]],
    ["a host below it", (own: number) => [`internal:${own}`]],
    ["a range that holds its address", () => ["127.0.0.0/8"]],
    ["nothing", () => []],
  ])("is not reached by an entry for %s", async (_situation, allow) => {
    const url = `https://login.acme.internal:${port}/keys`;

    await expect(visit(url, { allow: allow(port) })).resolves.toBe("url_forbidden");
    expect(connections).toHaveLength(0);
  });

  test("is not reached over http", async () => {
    const allow = [`login.acme.internal:${port}`];

    await expect(visit(`http://login.acme.internal:${port}/keys`, { allow })).resolves.toBe(
      "url_forbidden",
    );
    expect(connections).toHaveLength(0);
  });

  test.each(["169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "::ffff:127.0.0.1"])(
    "is not reached at %s, which is no address of a server",
    async (address) => {
      const host = `login.acme.internal:${port}`;

      await expect(
        visit(`https://${host}/keys`, { allow: [host], ...resolvingTo(address) }),
      ).resolves.toBe("address_forbidden");
    },
  );

  test("is not believed when its certificate is not", async () => {
    const host = `login.acme.internal:${port}`;
    const url = `https://${host}/keys`;

    for (const extraCertificateAuthorities of [[], [other.cert]]) {
      await expect(visit(url, { allow: [host], extraCertificateAuthorities })).resolves.toBe(
        "unreachable",
      );
    }
    const stranger = `login.globex.internal:${port}`;
    await expect(visit(`https://${stranger}/keys`, { allow: [stranger] })).resolves.toBe(
      "unreachable",
    );
  });

  test("serves keys", async () => {
    const host = `login.acme.internal:${port}`;
    const fetcher = createNodeFetcher({
      ...trusting,
      ...resolvingTo("127.0.0.1"),
      allow: [host],
    });

    const status = await createKeySources({ fetcher }).refresh(
      acmeProvider({ keys: { jwksUri: `https://${host}/keys` } }),
    );

    expect(status).toMatchObject({ state: "fresh", keys: [{ kid: "acme-2026" }] });
  });
});

describe("a range of addresses that the operator lists", () => {
  // Nothing listens on port 443 here: that a connection is refused shows that it was tried.
  test.each([
    ["https://login.acme.example/keys", "127.0.0.1", "127.0.0.0/8"],
    ["https://login.acme.example/keys", "127.0.0.1", "127.0.0.1/32"],
    ["https://127.0.0.1/keys", "127.0.0.1", "127.0.0.0/30"],
  ])("lets `%s` at %s be visited through %s", async (url, address, range) => {
    await expect(visit(url, { allow: [range], ...resolvingTo(address) })).resolves.toBe(
      "unreachable",
    );
  });

  test.each([
    ["https://login.acme.example/keys", "127.0.0.1", "127.0.0.2/32", "address_forbidden"],
    ["https://login.acme.example/keys", "10.1.0.1", "10.0.0.0/16", "address_forbidden"],
    ["https://login.acme.example/keys", "::ffff:10.0.0.1", "10.0.0.0/8", "address_forbidden"],
    ["https://login.acme.example/keys", "fd12::1", "fd13::/16", "address_forbidden"],
    ["https://login.acme.example:8443/keys", "10.0.0.1", "10.0.0.0/8", "url_forbidden"],
    ["http://login.acme.example/keys", "10.0.0.1", "10.0.0.0/8", "url_forbidden"],
    ["https://10.1.0.1/keys", "10.1.0.1", "10.0.0.0/16", "url_forbidden"],
  ])("does not let `%s` at %s be visited through %s", async (url, ...rest) => {
    const [address, range, expected] = rest;
    await expect(visit(url, { allow: [range], ...resolvingTo(address) })).resolves.toBe(expected);
  });
});

test.each([
  "",
  "login.acme.internal",
  "https://login.acme.internal:8443",
  "login.acme.internal:0",
  "login.acme.internal:65536",
  "login.acme.internal:8443/keys",
  "ada@login.acme.internal:8443",
  "*.acme internal:8443",
  "10.0.0.0/33",
  "10.0.0.0/08",
  "10.0.0/8",
  "fd12::/129",
  "fd12::1:8443",
])("an entry like `%s` is a mistake of the operator", (entry) => {
  expect(() => createNodeFetcher({ allow: [entry] })).toThrow(TypeError);
});

describe("a connection", () => {
  test("that does not stand in time is given up", async () => {
    // It accepts connections and never says a word, so TLS is never agreed.
    const silent = createPlainServer((socket) => connections.push(socket));
    await new Promise<void>((resolve) => {
      silent.listen(0, "127.0.0.1", resolve);
    });
    const address = silent.address();
    const host = `localhost:${typeof address === "object" && address !== null ? address.port : 0}`;
    const fetcher = createNodeFetcher({ allow: [host], ...resolvingTo("127.0.0.1") });

    const fetched = await fetcher({
      url: `https://${host}/keys`,
      maximumBytes: 1000,
      timeoutMilliseconds: 5000,
      connectMilliseconds: 50,
    });
    silent.close();

    expect(fetched).toEqual({
      ok: false,
      error: { code: "timed_out", message: "there was no connection within 50 ms" },
    });
  });

  test("goes to the very address that was checked, however the name resolves later", async () => {
    const answers = ["127.0.0.1", "169.254.169.254"];
    const asked: string[] = [];
    const host = `login.acme.internal:${port}`;
    const resolveHost: NonNullable<NodeFetcherOptions["resolveHost"]> = async (hostname) => {
      asked.push(hostname);
      return [{ address: answers.shift() ?? "127.0.0.1", family: 4 }];
    };
    const fetcher = createNodeFetcher({ ...trusting, allow: [host], resolveHost });
    const request = {
      url: `https://${host}/keys`,
      maximumBytes: 10_000,
      timeoutMilliseconds: 5000,
      connectMilliseconds: 2000,
    };

    await expect(outcome(fetcher(request))).resolves.toBe("accepted");
    expect(asked).toHaveLength(1);
    expect(connections).toHaveLength(1);

    await expect(outcome(fetcher(request))).resolves.toBe("address_forbidden");
    expect(connections).toHaveLength(1);
  });
});
