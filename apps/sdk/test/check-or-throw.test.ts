import { AccessDeniedError, ByotClient, ByotError } from "@byot/sdk";
import { describe, expect, test } from "vitest";
import { allow, deny, question } from "./decisions.js";
import { json, problem, startFaultServer } from "./fault-server.js";

describe("checkOrThrow", () => {
  test("answers an allow as it is", async () => {
    await using server = await startFaultServer(json(200, { data: allow }));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });

    expect(await byot.checkOrThrow(question)).toMatchObject({ data: allow });
  });

  test("throws a deny with its decision", async () => {
    await using server = await startFaultServer(
      json(200, { data: deny }, { "X-Request-Id": "req-1" }),
    );
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });

    const thrown: unknown = await byot.checkOrThrow(question).catch((error: unknown) => error);

    expect(thrown).toBeInstanceOf(AccessDeniedError);
    expect(thrown).toBeInstanceOf(ByotError);
    expect(thrown).toMatchObject({
      name: "AccessDeniedError",
      message: "denied: the default of `order_approval` denies",
      code: "access_denied",
      status: 403,
      requestId: "req-1",
      decision: deny,
    });
  });

  test("throws an error as it is", async () => {
    await using server = await startFaultServer(problem(401, "token_expired"));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme" });

    await expect(byot.checkOrThrow(question)).rejects.toMatchObject({ code: "token_expired" });
  });
});
