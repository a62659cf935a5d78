import { once } from "node:events";
import { routes } from "@byot/api-contract";
import { gzipSync } from "node:zlib";
import type { JsonAnswer, JsonRequest } from "@byot/testkit";
import express, { type RequestHandler } from "express";
import { describe, expect, test } from "vitest";
import { makeAcme } from "../support/acme.js";
import { bytesOf, chunked, exchange, openConnection, readToEnd } from "../support/raw-http.js";
import { mountings, type Service, startService } from "../support/service.js";

const { authorize } = routes.decisions;
const target = "/v1/workspaces/acme/authorize";
const premium = { resource: "premium-features", action: "access" };

async function checkOf(service: Service): Promise<string> {
  return JSON.stringify({ token: await service.tokenOf("ada"), ...premium });
}

function headers(body: string): Readonly<Record<string, string | number>> {
  return { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
}

function statusesIn(answers: string): readonly string[] {
  return [...answers.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status ?? "");
}

describe.each(mountings)("a body that is read by %s", (mounting) => {
  async function start(): Promise<Service> {
    const service = await startService({ mounting });
    await makeAcme(service);
    return service;
  }

  test("may come byte by byte", async () => {
    await using service = await start();
    const socket = await openConnection(service.url);
    const answer = readToEnd(socket);
    const check = await checkOf(service);

    for (const byte of bytesOf({
      target,
      headers: { ...headers(check), Connection: "close" },
      body: check,
    })) {
      socket.write(Uint8Array.of(byte));
    }

    expect(statusesIn(await answer)).toEqual(["200"]);
  });

  test("may follow the one before without waiting for its answer", async () => {
    await using service = await start();
    const socket = await openConnection(service.url);
    const answers = readToEnd(socket);
    const check = await checkOf(service);
    const asked = (id: string, more = {}): Buffer =>
      bytesOf({ target, headers: { ...headers(check), "X-Request-Id": id, ...more }, body: check });

    const bad = bytesOf({ target, headers: { ...headers("{"), "X-Request-Id": "b" }, body: "{" });
    socket.write(Buffer.concat([asked("a"), bad, asked("c"), asked("d", { Connection: "close" })]));

    const text = await answers;
    expect(statusesIn(text)).toEqual(["200", "400", "200", "200"]);
    expect([...text.matchAll(/X-Request-Id: (\w)/g)].map(([, id]) => id)).toEqual([
      "a",
      "b",
      "c",
      "d",
    ]);
  });

  test("is waited for by a caller that asks whether it may send it", async () => {
    await using service = await start();
    const socket = await openConnection(service.url);
    const answers = readToEnd(socket);
    const check = await checkOf(service);
    const request = bytesOf({
      target,
      headers: { ...headers(check), Expect: "100-continue", Connection: "close" },
    });

    socket.write(request);
    await once(socket, "data");
    socket.write(check);

    expect(statusesIn(await answers)).toEqual(["100", "200"]);
  });

  test("is no body when it ends before its time, and nothing is decided", async () => {
    await using service = await start();
    const socket = await openConnection(service.url);
    const answers = readToEnd(socket);
    const check = await checkOf(service);

    socket.write(
      bytesOf({
        target,
        headers: { ...headers(check), "Content-Length": check.length + 1 },
        body: check,
      }),
    );
    socket.end();
    await answers;

    const logged = await service.storage.decisionLog.list("acme", { limit: 10 });
    expect(logged.items).toEqual([]);
    expect(await service.ask(authorize, { body: JSON.parse(check) })).toMatchObject({
      status: 200,
    });
  });

  test.each([
    ["longer than it says", (body: string) => body.length - 1],
    ["as long as another may think", () => "5, 6"],
    ["of a negative length", () => -1],
    ["of no length", () => "abc"],
  ])("is refused when it is %s", async (_title, length) => {
    await using service = await start();
    const socket = await openConnection(service.url);
    const answers = readToEnd(socket);
    const check = await checkOf(service);

    socket.write(
      bytesOf({
        target,
        headers: { ...headers(check), "Content-Length": length(check) },
        body: check,
      }),
    );

    expect(statusesIn(await answers)).toEqual(["400"]);
  });

  test("has either a length or chunks, never both", async () => {
    await using service = await start();
    const socket = await openConnection(service.url);
    const answers = readToEnd(socket);
    const check = await checkOf(service);

    socket.write(
      bytesOf({
        target,
        headers: { ...headers(check), "Transfer-Encoding": "chunked" },
        body: chunked(check),
      }),
    );

    expect(statusesIn(await answers)).toEqual(["400"]);
  });

  test.each([
    ["without a length", { "Transfer-Encoding": "chunked" }],
    ["of a length beyond all bounds", { "Content-Length": 1e15 }],
    ["that is compressed", { "Transfer-Encoding": "chunked", "Content-Encoding": "gzip" }],
    ["of another type", { "Transfer-Encoding": "chunked", "Content-Type": "text/plain" }],
    ["behind a wrong key", { "Transfer-Encoding": "chunked", Authorization: "Bearer nonsense" }],
  ])("that has no end, %s, is answered and then cut off", async (_title, more) => {
    await using service = await start();
    const socket = await openConnection(service.url);
    const answers = readToEnd(socket);
    const chunk = Buffer.from(chunked("a".repeat(16_384)).replace("0\r\n\r\n", ""));
    let sent = 0;
    const send = (): void => {
      while (!socket.destroyed && socket.write(chunk)) {
        sent += chunk.length;
      }
    };

    socket.write(bytesOf({ target, headers: { "Content-Type": "application/json", ...more } }));
    socket.on("drain", send);
    send();

    expect(statusesIn(await answers)).toHaveLength(1);
    // What the kernel holds of both sides comes on top of what the server reads.
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });
});

async function startWithin(...before: readonly RequestHandler[]): Promise<Service> {
  const service = await startService({
    embed: (app) =>
      express()
        .disable("x-powered-by")
        .use([...before], app),
  });
  await makeAcme(service);
  return service;
}

async function ask(service: Service, request: JsonRequest): Promise<JsonAnswer> {
  return service.send(target, { method: "POST", ...request });
}

describe("an application around this one", () => {
  test("may leave bodies alone", async () => {
    await using service = await startWithin((_request, _response, next) => next());

    expect(await ask(service, { rawBody: await checkOf(service) })).toMatchObject({ status: 200 });
    expect(await ask(service, { rawBody: "{" })).toMatchObject({
      body: { code: "json_malformed" },
    });
  });

  test("may parse bodies itself, and its limits count then", async () => {
    await using service = await startWithin(express.json({ limit: "1mb" }));
    const gzipped = { "content-encoding": "gzip" };
    const large = JSON.stringify({ token: "x".repeat(100_000), ...premium });

    expect(await ask(service, { rawBody: await checkOf(service) })).toMatchObject({ status: 200 });
    expect(
      await ask(service, { rawBody: gzipSync(await checkOf(service)), headers: gzipped }),
    ).toMatchObject({ status: 200 });
    expect(await ask(service, { rawBody: large })).toMatchObject({
      body: { code: "token_too_large" },
    });
    expect(await ask(service, { rawBody: '{"contxt":1}' })).toMatchObject({
      body: { code: "request_invalid" },
    });
  });

  test("cannot make JSON of what does not call itself so", async () => {
    await using service = await startWithin(express.text());

    const answer = await ask(service, {
      rawBody: await checkOf(service),
      headers: { "content-type": "text/plain" },
    });

    expect(answer).toMatchObject({ status: 415 });
  });

  test("has left no body where it has read it and kept nothing", async () => {
    await using service = await startWithin((request, _response, next) => {
      if (request.path === target) {
        request.resume().once("end", next);
      } else {
        next();
      }
    });

    const answer = await ask(service, { rawBody: await checkOf(service) });

    expect(answer).toMatchObject({ body: { code: "json_malformed", detail: "the body is empty" } });
  });

  test("must leave bodies as bytes", async () => {
    await using service = await startWithin((request, _response, next) => {
      if (request.path === target) {
        request.setEncoding("utf8");
      }
      next();
    });

    const answer = await ask(service, { rawBody: await checkOf(service) });

    expect(answer).toMatchObject({ status: 500, body: { code: "internal_error" } });
  });

  test("may have answered by itself, as one does that limits the time", async () => {
    await using service = await startWithin((request, response, next) => {
      if (request.get("x-slow") !== undefined) {
        response.status(503).end();
      }
      next();
    });
    const rawBody = await checkOf(service);

    const answer = await exchange(service.url, {
      target,
      headers: { ...headers(rawBody), "X-Slow": 1 },
      body: rawBody,
    });

    expect(statusesIn(answer)).toEqual(["503"]);
    expect(await ask(service, { rawBody })).toMatchObject({ status: 200 });
    expect(service.logged()).not.toContainEqual(expect.objectContaining({ level: 50 }));
  });

  test("may mount it under a path, and set header fields of its own", async () => {
    await using service = await startService({
      embed: (app) =>
        express()
          .disable("x-powered-by")
          .use((_request, response, next) => {
            response.set("X-Served-By", "acme");
            next();
          })
          .use("/authz", app),
    });

    const answer = await service.send(`/authz${target}`, { method: "POST", body: premium });

    expect(answer).toMatchObject({ status: 404, body: { code: "workspace_unknown" } });
    expect(answer.headers.get("x-served-by")).toBe("acme");
  });
});
