import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { listen } from "../../src/process/listen.js";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function takePort(): Promise<number> {
  const server = createServer();
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

const handler = (): undefined => undefined;

test("answers where it says it can be reached", async () => {
  const taken: number[] = [];
  const options = {
    port: 0,
    host: "127.0.0.1",
    furtherPorts: 0,
    onTaken: (port: number) => taken.push(port),
  };

  const { server, url } = await listen((_request, response) => response.end("here"), options);
  servers.push(server);

  expect(await (await fetch(url)).text()).toBe("here");
  expect(taken).toEqual([]);
});

test("names a taken port and takes one of the next", async () => {
  const port = await takePort();
  const taken: number[] = [];

  const { server, url } = await listen(handler, {
    port,
    host: "127.0.0.1",
    furtherPorts: 20,
    onTaken: (each) => taken.push(each),
  });
  servers.push(server);

  expect(taken[0]).toBe(port);
  expect(new URL(url).port).toBe(String(port + taken.length));
});

test("refuses a taken port when it may take no other, and says how to choose one", async () => {
  const port = await takePort();
  const options = { port, host: "127.0.0.1", furtherPorts: 0, onTaken: () => undefined };

  const listening = listen(handler, options);

  await expect(listening).rejects.toMatchObject({
    name: "StartProblem",
    message: `port ${port} on 127.0.0.1 is taken; choose another with PORT`,
  });
});

test.each([["no.such.host.invalid"], ["203.0.113.7"]])(
  "refuses the address %s, which this machine does not have",
  async (host) => {
    const listening = listen(handler, { port: 0, host, furtherPorts: 5, onTaken: () => undefined });

    await expect(listening).rejects.toMatchObject({ name: "StartProblem" });
  },
);

test.each([
  ["0.0.0.0", "http://127.0.0.1:"],
  ["::", "http://127.0.0.1:"],
  ["::1", "http://[::1]:"],
])("says how to reach a server on %s", async (host, start) => {
  const listening = await listen(handler, {
    port: 0,
    host,
    furtherPorts: 0,
    onTaken: () => undefined,
  }).catch(() => undefined);
  servers.push(...(listening === undefined ? [] : [listening.server]));

  // A machine without IPv6 cannot listen on it.
  expect(listening?.url ?? start).toContain(start);
});

test("bounds how long a client may take and how many there may be", async () => {
  const { server } = await listen(handler, {
    port: 0,
    host: "127.0.0.1",
    furtherPorts: 0,
    onTaken: () => undefined,
  });
  servers.push(server);

  expect(server).toMatchObject({
    headersTimeout: 10_000,
    requestTimeout: 15_000,
    keepAliveTimeout: 5000,
    maxConnections: 2000,
  });
});
