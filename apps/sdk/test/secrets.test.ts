import { inspect } from "node:util";
import { ByotClient, ByotError } from "@byot/sdk";
import type { FetchLike } from "@byot/sdk";
import { describe, expect, test } from "vitest";
import { apiKey, deny, question, token } from "./decisions.js";
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

  test.each<[string, (byot: ByotClient) => Promise<unknown>]>([
    ["a check", async (byot) => byot.checkOrThrow(question)],
    ["a batch", async (byot) => byot.checkAuthorizations({ token, checks: [question] })],
    ["a test of a token", async (byot) => byot.providers.test("clerk", token)],
    ["a read", async (byot) => byot.policies.read("premium_access")],
    ["a list", async (byot) => byot.audit.decisions().page()],
  ])("stay out of the error of %s, whatever the answer quotes", async (_name, call) => {
    const quoting = `${echo} ${token}`;
    for (const behaviour of [
      json(400, { code: "request_invalid", detail: quoting, requestId: token }),
      json(200, { data: quoting }),
      json(200, { data: { [token]: apiKey } }),
      reset(),
    ]) {
      await using server = await startFaultServer(behaviour);
      const options = { baseUrl: server.url, workspaceId: "acme", apiKey, retries: 0 };

      const thrown: unknown = await call(new ByotClient(options)).catch((error: unknown) => error);

      expect(thrown).toBeInstanceOf(ByotError);
      // A read does not know of the user's token: it sends none, and none can come back.
      const sent = JSON.stringify(server.seen).includes(token) ? [token, apiKey] : [apiKey];
      expect(sent.filter((secret) => everythingSaidBy(thrown).includes(secret))).toEqual([]);
    }
  });

  test("stay out of a denial", async () => {
    await using server = await startFaultServer(json(200, { data: deny }));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey });

    const thrown: unknown = await byot.checkOrThrow(question).catch((error: unknown) => error);

    expect(thrown).toMatchObject({ code: "access_denied" });
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
