import { inspect } from "node:util";
import { ByotClient } from "@byot/sdk";
import type { FetchLike } from "@byot/sdk";
import { describe, expect, test } from "vitest";
import { apiKey, question, token } from "./decisions.js";
import { hang, json, raw, reset, startFaultServer } from "./fault-server.js";
import type { Behaviour } from "./fault-server.js";

const [, tokenPayload = "", tokenSignature = ""] = token.split(".");
const echo = `you sent ${token} and ${apiKey}`;

function everythingSaidBy(thrown: unknown): string {
  const chain: unknown[] = [];
  for (let link = thrown; link instanceof Error; link = link.cause) {
    chain.push(link.name, link.message, link.stack, String(link), Object.entries(link));
  }
  return [
    inspect(thrown, { depth: Infinity, showHidden: true }),
    JSON.stringify(thrown),
    JSON.stringify(chain),
  ].join("\n");
}

function secretsIn(text: string): readonly string[] {
  return [token, tokenPayload, tokenSignature, apiKey].filter((secret) => text.includes(secret));
}

describe("the token and the API key", () => {
  test.each<[string, Behaviour]>([
    ["a problem that quotes them", json(400, { code: "request_invalid", detail: echo, fix: echo })],
    ["a title that quotes them", json(401, { code: "token_expired", title: echo })],
    [
      "a list of mistakes that quotes them",
      json(400, {
        code: "request_invalid",
        detail: "wrong",
        errors: [{ path: `/${token}`, code: tokenPayload, message: echo }],
      }),
    ],
    [
      "a request id that quotes them",
      json(500, { code: "internal_error" }, { "X-Request-Id": apiKey }),
    ],
    ["a request id in the body", json(500, { code: "internal_error", requestId: token })],
    ["a page that quotes them", raw(200, `<p>${echo}</p>`, "text/html")],
    ["JSON that breaks at them", raw(200, `{"data":${token}}`)],
    ["an error page that quotes them", raw(503, echo)],
    ["a reset connection", reset()],
    ["a timeout", hang()],
  ])("are in no part of the error after %s", async (_name, behaviour) => {
    await using server = await startFaultServer(behaviour);
    const byot = new ByotClient({
      baseUrl: server.url,
      workspaceId: "acme",
      apiKey,
      timeoutMs: 200,
      retries: 0,
    });

    const thrown: unknown = await byot
      .checkAuthorization(question)
      .catch((error: unknown) => error);

    expect(thrown).toBeInstanceOf(Error);
    expect(secretsIn(everythingSaidBy(thrown))).toEqual([]);
  });

  test.each<[string, FetchLike]>([
    [
      "hangs the request on its error",
      async (_url, init) => {
        throw Object.assign(new Error("proxy refused"), {
          request: init,
          config: { data: init.body },
        });
      },
    ],
    [
      "quotes the request in its error and in the cause",
      async (_url, init) => {
        const inner = Object.assign(new Error(init.headers["Authorization"]), { code: init.body });
        throw new TypeError(init.body, { cause: inner });
      },
    ],
    [
      "throws the body itself",
      async (_url, init) => {
        // oxlint-disable-next-line typescript/only-throw-error -- wrappers in the wild throw anything
        throw init.body;
      },
    ],
  ])("stay out of the error when a `fetch` %s", async (_name, fetch) => {
    const byot = new ByotClient({
      baseUrl: "https://authz.acme.com",
      workspaceId: "acme",
      apiKey,
      retries: 0,
      fetch,
    });

    const thrown: unknown = await byot
      .checkAuthorization(question)
      .catch((error: unknown) => error);

    expect(thrown).toMatchObject({ code: "connection_failed" });
    expect(secretsIn(everythingSaidBy(thrown))).toEqual([]);
  });

  test("cannot be read from the client", () => {
    const byot = new ByotClient({ baseUrl: "https://authz.acme.com", workspaceId: "acme", apiKey });

    const shown = inspect(byot, { depth: Infinity, showHidden: true }) + JSON.stringify(byot);

    expect(secretsIn(shown)).toEqual([]);
  });

  test("are not repeated when the key is malformed", () => {
    const options = { baseUrl: "https://a.test", workspaceId: "acme", apiKey: `${apiKey}\n` };

    expect(() => new ByotClient(options)).toThrow(
      new TypeError("`apiKey` must be printable ASCII without spaces or line breaks"),
    );
  });
});
