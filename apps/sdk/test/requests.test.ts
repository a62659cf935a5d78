import { ByotClient } from "@byot/sdk";
import { describe, expect, test } from "vitest";
import { apiKey } from "./decisions.js";
import type { Exchange } from "./exchanges.js";
import { document, exchanges, policy } from "./exchanges.js";
import { json, raw, startFaultServer } from "./fault-server.js";
import type { Behaviour } from "./fault-server.js";

function answering({ status = 200, answers, paged }: Exchange): Behaviour {
  const page = paged === undefined ? {} : { page: { nextCursor: null } };
  return status === 204 ? raw(204, "") : json(status, { data: answers, ...page }, { ETag: '"12"' });
}

describe("a request", () => {
  test.each(Object.entries(exchanges))("of %s is what the API takes", async (_name, exchange) => {
    await using server = await startFaultServer(answering(exchange));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey });

    const { data } = await exchange.call(byot);

    expect(data).toEqual(exchange.answers);
    expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([exchange.sends]);
    expect(server.seen[0]?.body).toEqual(exchange.body);
    expect(server.seen[0]?.headers["if-match"]).toBe(exchange.ifMatch);
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);
    expect(server.seen[0]?.headers["content-type"]).toBe(
      exchange.body === undefined ? undefined : "application/json",
    );
  });

  test.each(Object.entries(exchanges).filter(([, { status }]) => status !== 204))(
    "of %s refuses an answer to something else",
    async (_name, exchange) => {
      await using server = await startFaultServer(
        json(exchange.status ?? 200, { data: { ok: 1 } }),
      );
      const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey });

      await expect(exchange.call(byot)).rejects.toMatchObject({ code: "response_invalid" });
    },
  );
});

describe("what is configured", () => {
  test.each(['"12"', 'W/"12"'])("has the version that the entity tag %s names", async (tag) => {
    await using server = await startFaultServer(json(200, { data: document }, { ETag: tag }));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey });

    expect((await byot.config.export()).version).toBe(12);
  });

  test("cannot be applied again when a proxy took its entity tag away", async () => {
    await using server = await startFaultServer(json(200, { data: document }));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey });

    await expect(byot.config.export()).rejects.toMatchObject({
      code: "response_invalid",
      message: "the answer to `config.export` has no version",
    });
  });

  test("is answered with its version, for the next change", async () => {
    await using server = await startFaultServer(json(200, { data: policy }, { ETag: '"12"' }));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey });

    const answer = await byot.policies.read("premium_access", { requestId: "req-1" });

    expect(answer).toEqual({ data: policy, version: 12, requestId: "req-1" });
  });

  test.each(["", ".", ".."])("is not looked for under the key %j", async (name) => {
    const byot = new ByotClient({ baseUrl: "http://127.0.0.1:9", workspaceId: "acme", apiKey });

    await expect(byot.policies.delete(name, { version: 1 })).rejects.toThrow(TypeError);
    await expect(byot.policies.version(name, 1)).rejects.toThrow(TypeError);
    expect(() => byot.policies.versions(name)).toThrow(TypeError);
  });

  test.each(["../../other/policies/x", "a/b", "a?b", "a#b", "%2e%2e"])(
    "stays below its path under the key %j",
    async (name) => {
      await using server = await startFaultServer(json(200, { data: policy }));
      const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey });

      await byot.policies.read(name);

      expect(server.seen[0]?.url).toBe(`/v1/workspaces/acme/policies/${encodeURIComponent(name)}`);
    },
  );

  test("is not sent where it has no JSON", async () => {
    const byot = new ByotClient({ baseUrl: "http://127.0.0.1:9", workspaceId: "acme", apiKey });
    const draft: Record<string, unknown> = { name: "premium_access" };
    draft["self"] = draft;

    await expect(byot.policies.validate(draft)).rejects.toThrow(
      new TypeError("the body must be JSON: no cycles, no bigint"),
    );
  });

  test("is neither replaced nor deleted without its version", async () => {
    await using server = await startFaultServer(raw(204, ""));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey });
    const forgotten = { version: 12 };
    Object.assign(forgotten, { version: undefined });

    await expect(byot.policies.delete("p", forgotten)).rejects.toThrow(
      new TypeError("`policies.delete` needs the `version` of what was read"),
    );
    await expect(byot.config.apply(document, forgotten)).rejects.toThrow(TypeError);
    expect(server.seen).toEqual([]);
  });
});
