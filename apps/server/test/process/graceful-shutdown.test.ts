import { Agent, createServer, get, type Server, type ServerResponse } from "node:http";
import { once } from "node:events";
import { expect, test } from "vitest";
import { shutDown } from "../../src/process/graceful-shutdown.js";

interface Held {
  readonly server: Server;
  readonly url: string;
  /** Resolves with the first request's response, still open. */
  readonly asked: Promise<ServerResponse>;
}

async function startHolding(): Promise<Held> {
  const server = createServer();
  const asked = new Promise<ServerResponse>((resolve) => {
    server.once("request", (_request, response) => resolve(response));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { server, url: `http://127.0.0.1:${port}`, asked };
}

test("answers what was asked, takes nothing new, and lets go of the rest last", async () => {
  const { server, url, asked } = await startHolding();
  const events: string[] = [];
  const answer = fetch(url).then((response) => response.text());
  const response = await asked;

  const down = shutDown({ server, close: async () => void events.push("closed") });
  const refused = fetch(url).then(
    () => "answered",
    () => "refused",
  );
  expect(await refused).toBe("refused");
  events.push("answering");
  response.end("done");

  expect(await answer).toBe("done");
  await down;
  expect(events).toEqual(["answering", "closed"]);
});

test("waits no longer than it may for a request that does not end", async () => {
  const { server, url, asked } = await startHolding();
  const answer = fetch(url).then(
    () => "answered",
    () => "cut off",
  );
  await asked;

  await shutDown({ server, close: async () => undefined, drainMilliseconds: 20 });

  expect(await answer).toBe("cut off");
});

test("answers a client that keeps asking on one connection, and then closes it", async () => {
  const { server, url, asked } = await startHolding();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const statuses: string[] = [];
  const ask = (): Promise<void> =>
    new Promise((resolve) => {
      get(url, { agent }, (response) => {
        statuses.push(response.headers.connection ?? "none");
        response.resume().on("end", resolve);
      }).on("error", () => {
        statuses.push("refused");
        resolve();
      });
    });
  const waiting = [ask(), ask(), ask()];
  const first = await asked;
  server.on("request", (_request, response) => response.end());

  const startedAt = performance.now();
  const down = shutDown({ server, close: async () => undefined });
  first.end();
  await Promise.all([...waiting, down]);
  agent.destroy();

  expect(statuses[0]).toBe("keep-alive");
  expect(statuses.slice(1)).not.toContain("keep-alive");
  // The server's own patience with a connection is 5 s.
  expect(performance.now() - startedAt).toBeLessThan(4000);
});
