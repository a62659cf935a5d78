import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text as readText } from "node:stream/consumers";
import { afterEach, describe, expect, test } from "vitest";
import { requestJson } from "@byot/testkit";

type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

const closings: (() => void)[] = [];

afterEach(() => {
  for (const close of closings.splice(0)) {
    close();
  }
});

async function serve(answer: Answer): Promise<string> {
  const server = createServer((request, response) => void answer(request, response));
  closings.push(() => server.close().closeAllConnections());
  const port = await new Promise<number>((resolve, reject) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      return typeof address === "object" && address !== null
        ? resolve(address.port)
        : reject(new Error("no port"));
    });
  });
  return `http://127.0.0.1:${port}/`;
}

/** Answers with what it was sent. */
const echo: Answer = async (request, response) => {
  const { method, headers } = request;
  const body = await readText(request);
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ method, type: headers["content-type"], body }));
};

function reply(contentType: string, body: string): Answer {
  return (_request, response) => {
    response.writeHead(404, { "content-type": contentType }).end(body);
  };
}

describe("requestJson", () => {
  test("sends a GET without a body unless told otherwise", async () => {
    const { status, body } = await requestJson(await serve(echo));

    expect(status).toBe(200);
    expect(body).toEqual({ method: "GET", body: "" });
  });

  test("sends a body as JSON", async () => {
    const { body } = await requestJson(await serve(echo), { method: "POST", body: { amount: 1 } });

    expect(body).toEqual({ method: "POST", type: "application/json", body: '{"amount":1}' });
  });

  test("sends a raw body to the letter", async () => {
    const { body } = await requestJson(await serve(echo), {
      method: "POST",
      rawBody: '{"amount":',
    });

    expect(body).toEqual({ method: "POST", type: "application/json", body: '{"amount":' });
  });

  test("sends raw bytes", async () => {
    const rawBody = new Uint8Array([0x7b, 0x7d]);

    const { body } = await requestJson(await serve(echo), { method: "PUT", rawBody });

    expect(body).toMatchObject({ method: "PUT", body: "{}" });
  });

  test("lets the content type be replaced", async () => {
    const headers = { "Content-Type": "text/plain" };

    const { body } = await requestJson(await serve(echo), { method: "POST", headers, body: [] });

    expect(body).toMatchObject({ type: "text/plain" });
  });

  test("reads every kind of JSON and keeps the text", async () => {
    const url = await serve(reply("application/problem+json; charset=utf-8", '{"code":"x"}'));

    const { status, headers, body, text } = await requestJson(url);

    expect(status).toBe(404);
    expect(headers.get("Content-Type")).toContain("problem+json");
    expect(body).toEqual({ code: "x" });
    expect(text).toBe('{"code":"x"}');
  });

  test("leaves an answer that is not JSON as text", async () => {
    const { body, text } = await requestJson(await serve(reply("text/plain", "{}")));

    expect(body).toBeUndefined();
    expect(text).toBe("{}");
  });

  test("takes an empty answer for no body", async () => {
    const { body } = await requestJson(await serve(reply("application/json", "")));

    expect(body).toBeUndefined();
  });

  test("throws when an answer calls itself JSON and is not", async () => {
    const url = await serve(reply("application/json", "<html>"));

    await expect(requestJson(url)).rejects.toThrow(SyntaxError);
  });

  test("follows no redirect", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(302, { location: "https://elsewhere.test/" }).end();
    });

    expect(await requestJson(url)).toMatchObject({ status: 302 });
  });

  test("waits no longer than it is told", async () => {
    const url = await serve(() => undefined);

    await expect(requestJson(url, { timeoutMs: 20 })).rejects.toThrow("timeout");
  });
});
