import { once } from "node:events";
import { ByotClient } from "@byot/sdk";
import { describe, expect, test } from "vitest";
import { apiKey } from "./decisions.js";
import { problem, startFaultServer } from "./fault-server.js";
import type { Behaviour, FaultServer } from "./fault-server.js";

function clientOf(server: FaultServer): ByotClient {
  return new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey, retries: 0 });
}

function pieces(...parts: readonly (string | Uint8Array)[]): Behaviour {
  return (response) => {
    response.writeHead(200, { "Content-Type": "application/x-ndjson" });
    parts.forEach((part) => response.write(part));
    response.end();
  };
}

async function linesOf(lines: AsyncIterable<string>): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const line of lines) {
    all.push(line);
  }
  return all;
}

const brokenOff = {
  name: "UnavailableError",
  code: "connection_failed",
  message: "the answer to `audit.export` broke off",
};

describe("an export", () => {
  test("gives line after line, however they arrive", async () => {
    const umlaut = new TextEncoder().encode('{"subject":"zoë"}\n');
    const middle = umlaut.length - 4;
    await using server = await startFaultServer(
      pieces('{"a":', '1}\n{"b":2}\n', umlaut.slice(0, middle), umlaut.slice(middle)),
    );

    const lines = await linesOf(
      clientOf(server).audit.export({
        decision: "Deny",
        from: new Date("2026-03-02T09:30:00Z"),
        until: "2026-03-03T00:00:00Z",
      }),
    );

    expect(lines).toEqual(['{"a":1}', '{"b":2}', '{"subject":"zoë"}']);
    expect(server.seen[0]?.url).toBe(
      "/v1/workspaces/acme/audit/export?decision=Deny&from=2026-03-02T09%3A30%3A00.000Z&until=2026-03-03T00%3A00%3A00Z",
    );
  });

  test("of an empty log has no line", async () => {
    await using server = await startFaultServer(pieces());

    expect(await linesOf(clientOf(server).audit.export())).toEqual([]);
  });

  test.each<[string, Behaviour]>([
    ["ends within a line", pieces('{"a":1}\n{"b":')],
    [
      "is cut",
      (response) => {
        response.writeHead(200, { "Content-Type": "application/x-ndjson" });
        response.write('{"a":1}\n', () => response.destroy());
      },
    ],
  ])("that %s throws after what came", async (_name, behaviour) => {
    await using server = await startFaultServer(behaviour);
    const lines: string[] = [];

    const reading = (async () => {
      for await (const line of clientOf(server).audit.export()) {
        lines.push(line);
      }
    })();

    await expect(reading).rejects.toMatchObject(brokenOff);
    expect(lines).toEqual(['{"a":1}']);
  });

  test("that stands still ends in a timeout", async () => {
    await using server = await startFaultServer((response) => {
      response.writeHead(200, { "Content-Type": "application/x-ndjson" });
      response.write('{"a":1}\n');
    });

    const reading = linesOf(clientOf(server).audit.export({}, { timeoutMs: 100 }));

    await expect(reading).rejects.toMatchObject({ code: "timeout" });
  });

  test("that nobody wants to the end is given up", async () => {
    let closed: Promise<unknown> | undefined;
    await using server = await startFaultServer((response) => {
      closed = once(response, "close");
      response.writeHead(200, { "Content-Type": "application/x-ndjson" });
      response.write('{"a":1}\n');
    });

    for await (const line of clientOf(server).audit.export()) {
      expect(line).toBe('{"a":1}');
      break;
    }

    await closed;
  });

  test("stops when the caller stops", async () => {
    await using server = await startFaultServer((response) => {
      response.writeHead(200, { "Content-Type": "application/x-ndjson" });
      response.write('{"a":1}\n');
    });
    const controller = new AbortController();

    const reading = (async () => {
      const { signal } = controller;
      for await (const line of clientOf(server).audit.export({}, { signal })) {
        expect(line).toBe('{"a":1}');
        controller.abort(new Error("enough"));
      }
    })();

    await expect(reading).rejects.toThrow("enough");
  });

  test("that may not be made throws the server's error", async () => {
    await using server = await startFaultServer(problem(403, "scope_missing"));

    await expect(linesOf(clientOf(server).audit.export())).rejects.toMatchObject({
      name: "ApiKeyError",
      code: "scope_missing",
    });
  });

  test("comes in one piece from a `fetch` without streams", async () => {
    const byot = new ByotClient({
      baseUrl: "https://authz.acme.com",
      workspaceId: "acme",
      fetch: async () => ({ status: 200, headers: new Headers(), text: async () => "1\n2\n" }),
    });

    expect(await linesOf(byot.audit.export())).toEqual(["1", "2"]);
  });
});
