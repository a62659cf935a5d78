import { tmpdir } from "node:os";
import { realpathSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import {
  freePort,
  requestJson,
  startServerProcess,
  type ServerProcess,
  type ServerProcessOptions,
} from "@byot/testkit";

const running: ServerProcess[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop("SIGKILL")));
});

/** A program for `node -e` that lives until it is stopped. */
const stayAlive = "setInterval(() => {}, 1000);";

async function start(
  script: string,
  options: Partial<ServerProcessOptions> = {},
): Promise<ServerProcess> {
  const server = await startServerProcess({
    command: process.execPath,
    args: ["-e", script],
    readyPattern: /ready/,
    ...options,
  });
  running.push(server);
  return server;
}

describe("startServerProcess", () => {
  test("waits for a line on standard output", async () => {
    const server = await start(`console.log("ready on port 1"); ${stayAlive}`);

    expect(server.stdout()).toBe("ready on port 1\n");
    expect(server.pid).toBeGreaterThan(0);
  });

  test("waits until an address answers well", async () => {
    const port = await freePort();
    const readyUrl = `http://127.0.0.1:${port}/readyz`;
    const server = await startServerProcess({
      command: process.execPath,
      args: [
        "-e",
        `let asked = 0;
         require("node:http").createServer((request, response) => {
           asked += 1;
           response.writeHead(asked < 3 ? 503 : 200, { "content-type": "application/json" });
           response.end(String(asked));
         }).listen(${port}, "127.0.0.1");`,
      ],
      readyUrl,
    });
    running.push(server);

    expect((await requestJson(readyUrl)).body).toBe(4);
  });

  test("collects what the server writes to either stream", async () => {
    const server = await start(
      `process.on("SIGTERM", () => { console.log("bye"); process.exit(0); });
       console.error("a warning"); console.log("ready"); ${stayAlive}`,
    );

    await server.stop();

    expect(server.stdout()).toBe("ready\nbye\n");
    expect(server.stderr()).toBe("a warning\n");
  });

  test("gives the server its own environment and nothing of a developer's", async () => {
    process.env["BYOT_LEFT_OVER"] = "1";
    const server = await start(
      `console.log("ready", JSON.stringify(Object.keys(process.env).sort())); ${stayAlive}`,
      { env: { BYOT_PORT: "8787" } },
    );
    delete process.env["BYOT_LEFT_OVER"];

    expect(server.stdout()).toContain("BYOT_PORT");
    expect(server.stdout()).toContain("PATH");
    expect(server.stdout()).not.toContain("BYOT_LEFT_OVER");
  });

  test("starts the server in the folder it is told", async () => {
    const cwd = realpathSync(tmpdir());

    const server = await start(`console.log("ready", process.cwd()); ${stayAlive}`, { cwd });

    expect(server.stdout()).toBe(`ready ${cwd}\n`);
  });

  test("says what a server wrote that ended too early", async () => {
    await expect(start(`console.error("port taken"); process.exitCode = 3;`)).rejects.toThrow(
      "the server ended with code 3 before it was ready\nport taken\n",
    );
  });

  test("gives up on a server that is not ready in time", async () => {
    await expect(
      start(`console.log("starting"); ${stayAlive}`, { timeoutMs: 300 }),
    ).rejects.toThrow("the server was not ready within 300 ms");
  });

  test("says that there is no such program", async () => {
    await expect(start("", { command: "no-such-program" })).rejects.toThrow("ENOENT");
  });
});

describe("stop", () => {
  test("ends the server with the signal it is told", async () => {
    const server = await start(`console.log("ready"); ${stayAlive}`);

    expect(await server.stop("SIGINT")).toEqual({ code: null, signal: "SIGINT" });
  });

  test("sends SIGTERM and waits for an orderly end", async () => {
    const server = await start(
      `process.on("SIGTERM", () => setTimeout(() => process.exit(7), 50));
       console.log("ready"); ${stayAlive}`,
    );

    expect(await server.stop()).toEqual({ code: 7, signal: null });
  });

  test("tells again how a server ended that has ended", async () => {
    const server = await start(`console.log("ready"); ${stayAlive}`);
    await server.stop();

    expect(await server.stop()).toEqual({ code: null, signal: "SIGTERM" });
    expect(await server.exited).toEqual({ code: null, signal: "SIGTERM" });
  });
});
