import {
  ApiKeyError,
  ByotClient,
  ByotError,
  InvalidRequestError,
  TokenRefusedError,
  UnavailableError,
} from "@byot/sdk";
import { describe, expect, test } from "vitest";
import { question } from "./decisions.js";
import { json, problem, raw, startFaultServer } from "./fault-server.js";
import type { Behaviour } from "./fault-server.js";

async function failureOf(behaviour: Behaviour): Promise<ByotError> {
  await using server = await startFaultServer(behaviour);
  const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", retries: 0 });
  try {
    await byot.checkAuthorization(question);
  } catch (error) {
    if (error instanceof ByotError) {
      return error;
    }
    throw error;
  }
  return expect.fail("the check was answered");
}

describe("an error answer", () => {
  test.each([
    [401, "token_expired", TokenRefusedError],
    [401, "token_of_a_newer_server", TokenRefusedError],
    [401, "api_key_missing", ApiKeyError],
    [401, "api_key_invalid", ApiKeyError],
    [403, "scope_missing", ApiKeyError],
    [403, "explain_not_permitted", ApiKeyError],
    [400, "request_invalid", InvalidRequestError],
    [404, "workspace_unknown", InvalidRequestError],
    [413, "body_too_large", InvalidRequestError],
    [415, "content_type_unsupported", InvalidRequestError],
    [422, "reference_unknown", InvalidRequestError],
    [429, "rate_limited", ByotError],
    [500, "internal_error", ByotError],
    [503, "jwks_unavailable", UnavailableError],
    [503, "audit_unavailable", UnavailableError],
  ])("%i `%s` becomes its class", async (status, code, errorClass) => {
    const failure = await failureOf(problem(status, code, { "X-Request-Id": "req-7" }));

    expect(failure.constructor).toBe(errorClass);
    expect(failure).toMatchObject({
      name: errorClass.name,
      message: `what was wrong about ${code}`,
      code,
      status,
      requestId: "req-7",
      fix: "What to do.",
      retryAfterMs: undefined,
      errors: [],
    });
  });

  test.each([
    [401, ByotError],
    [403, ByotError],
    [404, InvalidRequestError],
    [500, ByotError],
    [502, UnavailableError],
    [503, UnavailableError],
    [504, UnavailableError],
  ])("%i from a proxy says that byot did not answer", async (status, errorClass) => {
    const failure = await failureOf(raw(status, "<h1>Sorry</h1>", "text/html"));

    expect(failure.constructor).toBe(errorClass);
    expect(failure).toMatchObject({ code: "response_invalid", status });
    expect(failure.fix).toContain("`baseUrl`");
  });

  test.each([201, 202, 206])("a %i is not taken for a decision", async (status) => {
    const failure = await failureOf(json(status, { data: { allowed: true } }));

    expect(failure).toMatchObject({ code: "response_invalid", status });
  });

  test("keeps the request id of the body when the header is missing", async () => {
    const failure = await failureOf(problem(401, "token_expired"));

    expect(failure.requestId).toBe("req-of-the-body");
  });

  test("lists the mistakes of the request", async () => {
    const mistake = { path: "/resource", code: "too_small", message: "must not be empty" };
    const body = { code: "request_invalid", detail: "wrong", errors: [mistake, "nonsense", null] };

    const failure = await failureOf(json(400, body));

    expect(failure.errors).toEqual([mistake]);
  });

  test.each([
    ["30", 30_000],
    ["0", 0],
    ["soon", undefined],
    ["-5", undefined],
    ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
  ])("reads `Retry-After: %s` as %s ms", async (field, expected) => {
    const failure = await failureOf(problem(503, "jwks_unavailable", { "Retry-After": field }));

    expect(failure.retryAfterMs).toBe(expected);
  });

  test("is one line, however the server wrote it", async () => {
    const failure = await failureOf(json(400, { code: "request_invalid", detail: "two\r\nlines" }));

    expect(failure.message).toBe("two lines");
  });

  test("falls back to the title, then to the code", async () => {
    const titled = await failureOf(
      json(400, { code: "request_invalid", title: "Invalid request" }),
    );
    const bare = await failureOf(json(400, { code: "request_invalid" }));

    expect(titled.message).toBe("Invalid request");
    expect(bare.message).toBe("the server answered `request_invalid`");
  });

  test("writes itself as JSON with its message", async () => {
    const failure = await failureOf(problem(401, "token_expired", { "X-Request-Id": "req-7" }));

    expect(JSON.parse(JSON.stringify(failure))).toEqual({
      name: "TokenRefusedError",
      code: "token_expired",
      message: "what was wrong about token_expired",
      status: 401,
      requestId: "req-7",
      fix: "What to do.",
      errors: [],
    });
  });
});
